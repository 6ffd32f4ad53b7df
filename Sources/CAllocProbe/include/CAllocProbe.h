#pragma once
#include <stdint.h>

/// Heap allocations made by this process so far. Only the bench links this.
uint64_t wellspring_allocations(void);

/// Heap blocks that this process holds now.
int64_t wellspring_held_blocks(void);
