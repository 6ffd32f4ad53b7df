#pragma once
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/// The few calls of libgpiod that the field needs, the same over its two generations: 1.6 and 2.
/// Each line is requested by itself. Functions that return `int` return 0 or the errno of the failure.

/// An open GPIO chip.
struct wellspring_gpio_chip;
/// A line of a chip that this process holds.
struct wellspring_gpio_line;

/// What an input that nobody drives reads.
enum wellspring_gpio_bias {
  /// As the board has it.
  WELLSPRING_GPIO_AS_IS,
  WELLSPRING_GPIO_NO_PULL,
  WELLSPRING_GPIO_PULL_UP,
  WELLSPRING_GPIO_PULL_DOWN
};

/// One edge as the kernel saw it.
struct wellspring_gpio_edge {
  /// CLOCK_MONOTONIC, nanoseconds.
  uint64_t nanoseconds;
  /// The number of the edge since the line was requested, from 1; 0 where the library tells none.
  uint32_t number;
  /// From inactive to active.
  bool is_rising;
};

/// The edges of a line that the kernel keeps until they are read.
size_t wellspring_gpio_kept_edges(void);

/// Opens the chip with this path, or the only one with this label. ENOENT: there is none; EACCES: those that
/// might be it may not be opened; EEXIST: several have the label.
int wellspring_gpio_open(const char *name, struct wellspring_gpio_chip **chip);

/// Lets the chip go; its lines were released before.
void wellspring_gpio_close(struct wellspring_gpio_chip *chip);

/// How many lines it has.
unsigned wellspring_gpio_count(struct wellspring_gpio_chip *chip);

/// Takes a line as an input whose edges are reported: both, or those to active alone. With both the kernel tells the
/// direction by the level that it finds a moment later, which for a short pulse is the wrong one.
int wellspring_gpio_input(struct wellspring_gpio_chip *chip, unsigned offset, const char *consumer,
                          bool is_active_low, enum wellspring_gpio_bias bias, bool rising_only,
                          struct wellspring_gpio_line **line);

/// Takes a line as an output that has `value` from its first moment on.
int wellspring_gpio_output(struct wellspring_gpio_chip *chip, unsigned offset, const char *consumer,
                           bool is_active_low, bool value, struct wellspring_gpio_line **line);

/// Lets the line go.
void wellspring_gpio_release(struct wellspring_gpio_line *line);

/// The descriptor of an input that is readable while there are edges to be read.
int wellspring_gpio_descriptor(struct wellspring_gpio_line *line);

/// Whether the line is active.
int wellspring_gpio_read(struct wellspring_gpio_line *line, bool *value);

int wellspring_gpio_write(struct wellspring_gpio_line *line, bool value);

/// Reads the edges that wait, never blocking: at most `capacity`, at most what the kernel keeps.
int wellspring_gpio_edges(struct wellspring_gpio_line *line, struct wellspring_gpio_edge *edges,
                          size_t capacity, size_t *count);
