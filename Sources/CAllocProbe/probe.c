#include "CAllocProbe.h"

#include <errno.h>
#include <stdatomic.h>
#include <stddef.h>

// Counts every allocation, then lets the C library do it: its own entry points stay reachable.
extern void *__libc_malloc(size_t);
extern void *__libc_calloc(size_t, size_t);
extern void *__libc_realloc(void *, size_t);
extern void *__libc_memalign(size_t, size_t);
extern void __libc_free(void *);

static atomic_uint_fast64_t count;
static atomic_int_fast64_t held;

static void *made(void *block) {
  if (block != NULL) {
    atomic_fetch_add(&held, 1);
  }
  return block;
}

uint64_t wellspring_allocations(void) { return atomic_load(&count); }

int64_t wellspring_held_blocks(void) { return atomic_load(&held); }

void free(void *block) {
  if (block != NULL) {
    atomic_fetch_sub(&held, 1);
  }
  __libc_free(block);
}

void *malloc(size_t size) {
  atomic_fetch_add(&count, 1);
  return made(__libc_malloc(size));
}

void *calloc(size_t number, size_t size) {
  atomic_fetch_add(&count, 1);
  return made(__libc_calloc(number, size));
}

void *realloc(void *block, size_t size) {
  atomic_fetch_add(&count, 1);
  if (block != NULL && size == 0) {
    atomic_fetch_sub(&held, 1);
  }
  return block == NULL ? made(__libc_realloc(block, size)) : __libc_realloc(block, size);
}

void *aligned_alloc(size_t alignment, size_t size) {
  atomic_fetch_add(&count, 1);
  return made(__libc_memalign(alignment, size));
}

int posix_memalign(void **block, size_t alignment, size_t size) {
  atomic_fetch_add(&count, 1);
  void *fresh = made(__libc_memalign(alignment, size));
  if (fresh == NULL) {
    return ENOMEM;
  }
  *block = fresh;
  return 0;
}
