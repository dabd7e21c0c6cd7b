// Expat, a streaming XML parser.
#ifndef BILAN_CEXPAT_SHIM_H
#define BILAN_CEXPAT_SHIM_H
#include <expat.h>
#endif
