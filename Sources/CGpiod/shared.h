#pragma once
#include <errno.h>
#include <gpiod.h>
#include <poll.h>

#include "CGpiod.h"

/// libgpiod 1 declares its bulk requests by this macro, which libgpiod 2 does not have.
#ifdef GPIOD_LINE_BULK_MAX_LINES
#define WELLSPRING_GPIOD_1 1
#endif

/// A call that failed without saying why is an input/output error.
static inline int wellspring_gpio_failure(void) { return errno != 0 ? errno : EIO; }

/// Whether there is an edge to be read, so that reading does not block; 0 or an errno.
static inline int wellspring_gpio_has_edge(int descriptor, bool *is_there) {
  struct pollfd polled = {.fd = descriptor, .events = POLLIN, .revents = 0};
  int ready = poll(&polled, 1, 0);
  *is_there = ready > 0 && (polled.revents & POLLIN) != 0;
  if (ready < 0) return errno;
  return ready > 0 && (polled.revents & (POLLERR | POLLHUP | POLLNVAL)) != 0 ? ENODEV : 0;
}

/// The label of an open chip, copied; 0 or an errno.
int wellspring_gpio_label(struct wellspring_gpio_chip *chip, char *label, size_t size);

/// Opens by path alone.
int wellspring_gpio_open_path(const char *path, struct wellspring_gpio_chip **chip);
