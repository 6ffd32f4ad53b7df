#pragma once
#include <stdint.h>

/// Heap allocations made by this process so far. Only the bench links this.
uint64_t wellspring_allocations(void);
