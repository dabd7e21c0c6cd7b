# Bilan: two commands do all the set-up, `make demo` and `make test`.
#
#   make demo      installs what is missing, builds, answers real questions on the shipped datasets
#   make test      the whole test suite (debug), formatting, reproducibility of the datasets
#   make build     the release build of the command, statically linked: .build/release/bilan
#   make install   copies it to PREFIX/bin (default /usr/local) with its queries and datasets
#   make format    formats every source
#   make record    runs the tests and rewrites the golden expectations; read the diff, then commit
#   make sanitize  what runs on several threads, under the thread sanitizer
#   make bench     times the command against other engines that are installed

SHELL := /bin/bash
PREFIX ?= /usr/local
BILAN := .build/release/bilan
# Empty keeps the symbols, for a profiler.
STRIP := -Xlinker -s
# The Swift runtime goes into the executable, so that it starts fast and runs where there is no toolchain; where libedit
# and what it needs are there as archives too (Debian's libedit-dev), so does everything else. Two more things that a
# start feels: types are made by calls, not looked up by their mangled names and their conformances by a search of all,
# and the toolchain's own linker lays the file out in fewer pages, with what a start runs side by side: for that each
# function has a section of its own.
# Everything that the package can do, each with the libraries it needs: `.ci/setup` installs them. Without it a build needs
# libedit alone.
TRAITS := --enable-all-traits
RELEASE := $(TRAITS) -c release --product bilan --static-swift-stdlib \
	-Xswiftc -Xfrontend -Xswiftc -disable-concrete-type-metadata-mangled-name-accessors
ifeq ($(shell uname -s),Linux)
RELEASE += -Xswiftc -Xfrontend -Xswiftc -function-sections -Xswiftc -use-ld=lld -Xlinker --no-warn-symbol-ordering \
	-Xlinker '--symbol-ordering-file=$(CURDIR)/Benchmarks/start-order.txt'
endif
ifneq ($(wildcard /usr/lib/*-linux-gnu/libedit.a),)
RELEASE += -Xswiftc -static-executable -Xlinker -ltinfo -Xlinker -lbsd -Xlinker -lmd $(STRIP)
endif
SOURCES := Sources Tests Package.swift

# The tests that share memory between threads, under the thread sanitizer or another SANITIZER, `address` or `undefined`. Under one an
# optimised build is still several times as slow as a plain one. The search for leaks is off: Swift keeps what an enum's case is
# in spare bits of its pointers, which it then takes for none.
SANITIZER := thread
SUITES := StreamedFileTests|FileStreamTests|LargeFileTests|LargeTableTests|DeterminismTests|SchedulerTests|ManyMatchesTests
SUITES := $(SUITES)|MemoryBudgetTests|JoinAggregateTests|WorkersTests|ScannedFileTests|AgreementTests|SQLiteTests
SUITES := $(SUITES)|DirectLookupTests|TextMatchingTests|LaneSumsTests|GroupedValuesTests|SharedTotalsTests
# The compiler of Swift has none for undefined behaviour: that of C has, and stops the test where it finds some.
SANITIZE = $(if $(filter undefined,$(SANITIZER)),-Xcc -fsanitize=undefined -Xcc -fsanitize-trap=undefined,--sanitize=$(SANITIZER))
SANITIZED = $(TRAITS) -c release $(SANITIZE) --scratch-path .build-$(SANITIZER) -Xswiftc -enable-testing

.PHONY: demo test build release install format lint record sanitize bench setup clean datasets

demo: build
	@bash Benchmarks/demo.sh $(BILAN)

build: setup
	@$(MAKE) --no-print-directory release

# Apart from `build`, so that what the set-up has just installed is seen.
release:
	swift build $(RELEASE)

setup:
	@bash .ci/setup

test: setup
	swift build $(TRAITS) --build-tests
	swift test $(TRAITS) --skip-build
	swift run $(TRAITS) --skip-build make-datasets --check datasets
	@$(MAKE) --no-print-directory lint

lint:
	swift format lint --strict --recursive --parallel $(SOURCES)

format:
	swift format --in-place --recursive --parallel $(SOURCES)

record: setup
	-BILAN_RECORD=1 swift test $(TRAITS)
	@git --no-pager diff --stat -- Tests docs

datasets:
	swift run $(TRAITS) make-datasets datasets

sanitize: setup
	swift build $(SANITIZED) --build-tests
	TSAN_OPTIONS='suppressions=$(CURDIR)/Tests/thread-sanitizer.txt' ASAN_OPTIONS=detect_leaks=0 \
		swift test $(SANITIZED) --skip-build --filter '$(SUITES)'

bench: build
	@bash Benchmarks/run $(BILAN)

install: build
	install -d $(DESTDIR)$(PREFIX)/bin $(DESTDIR)$(PREFIX)/share/bilan
	install -m 755 $(BILAN) $(DESTDIR)$(PREFIX)/bin/bilan
	cp -R queries datasets $(DESTDIR)$(PREFIX)/share/bilan/

clean:
	swift package clean
