// Makes libedit's variadic calls callable from Swift: each a one-line forwarder.
#ifndef BILAN_CEDITLINE_SHIM_H
#define BILAN_CEDITLINE_SHIM_H
#include <histedit.h>
#endif
