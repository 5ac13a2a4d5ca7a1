#ifndef STEWARD_CMALLOC_H
#define STEWARD_CMALLOC_H
// Swift's module of glibc leaves this header out.
#include <malloc.h>
#endif
