// Expat, a streaming XML parser, and the comparing of the names it gives.
#ifndef BILAN_CEXPAT_SHIM_H
#define BILAN_CEXPAT_SHIM_H
#include <expat.h>
#include <string.h>
#endif
