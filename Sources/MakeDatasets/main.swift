print("make-datasets")
