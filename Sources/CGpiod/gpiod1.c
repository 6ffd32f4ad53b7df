#include <string.h>

#include "shared.h"

#ifdef WELLSPRING_GPIOD_1

/// libgpiod 1 owns chips and lines: ours are theirs by another name. It speaks the kernel's first interface, which
/// keeps 16 edges of a line and numbers none.
static struct gpiod_chip *own_chip(struct wellspring_gpio_chip *chip) {
  return (struct gpiod_chip *)chip;
}

static struct gpiod_line *own_line(struct wellspring_gpio_line *line) {
  return (struct gpiod_line *)line;
}

size_t wellspring_gpio_kept_edges(void) { return 16; }

int wellspring_gpio_open_path(const char *path, struct wellspring_gpio_chip **chip) {
  errno = 0;
  *chip = (struct wellspring_gpio_chip *)gpiod_chip_open(path);
  return *chip != NULL ? 0 : wellspring_gpio_failure();
}

int wellspring_gpio_label(struct wellspring_gpio_chip *chip, char *label, size_t size) {
  strncpy(label, gpiod_chip_label(own_chip(chip)), size - 1);
  label[size - 1] = '\0';
  return 0;
}

void wellspring_gpio_close(struct wellspring_gpio_chip *chip) { gpiod_chip_close(own_chip(chip)); }

unsigned wellspring_gpio_count(struct wellspring_gpio_chip *chip) {
  return gpiod_chip_num_lines(own_chip(chip));
}

static int request(struct wellspring_gpio_chip *chip, unsigned offset,
                   const struct gpiod_line_request_config *config, int value,
                   struct wellspring_gpio_line **line) {
  errno = 0;
  struct gpiod_line *found = gpiod_chip_get_line(own_chip(chip), offset);
  if (found == NULL) return wellspring_gpio_failure();
  if (gpiod_line_request(found, config, value) != 0) return wellspring_gpio_failure();
  *line = (struct wellspring_gpio_line *)found;
  return 0;
}

static int flags(bool is_active_low, enum wellspring_gpio_bias bias) {
  int flags = is_active_low ? GPIOD_LINE_REQUEST_FLAG_ACTIVE_LOW : 0;
  switch (bias) {
    case WELLSPRING_GPIO_AS_IS: return flags;
    case WELLSPRING_GPIO_NO_PULL: return flags | GPIOD_LINE_REQUEST_FLAG_BIAS_DISABLE;
    case WELLSPRING_GPIO_PULL_UP: return flags | GPIOD_LINE_REQUEST_FLAG_BIAS_PULL_UP;
    case WELLSPRING_GPIO_PULL_DOWN: return flags | GPIOD_LINE_REQUEST_FLAG_BIAS_PULL_DOWN;
  }
  return flags;
}

int wellspring_gpio_input(struct wellspring_gpio_chip *chip, unsigned offset, const char *consumer,
                          bool is_active_low, enum wellspring_gpio_bias bias, bool rising_only,
                          struct wellspring_gpio_line **line) {
  struct gpiod_line_request_config config = {
      .consumer = consumer,
      .request_type = rising_only ? GPIOD_LINE_REQUEST_EVENT_RISING_EDGE
                                  : GPIOD_LINE_REQUEST_EVENT_BOTH_EDGES,
      .flags = flags(is_active_low, bias)};
  return request(chip, offset, &config, 0, line);
}

int wellspring_gpio_output(struct wellspring_gpio_chip *chip, unsigned offset, const char *consumer,
                           bool is_active_low, bool value, struct wellspring_gpio_line **line) {
  struct gpiod_line_request_config config = {
      .consumer = consumer,
      .request_type = GPIOD_LINE_REQUEST_DIRECTION_OUTPUT,
      .flags = flags(is_active_low, WELLSPRING_GPIO_AS_IS)};
  return request(chip, offset, &config, value ? 1 : 0, line);
}

void wellspring_gpio_release(struct wellspring_gpio_line *line) {
  gpiod_line_release(own_line(line));
}

int wellspring_gpio_descriptor(struct wellspring_gpio_line *line) {
  return gpiod_line_event_get_fd(own_line(line));
}

int wellspring_gpio_read(struct wellspring_gpio_line *line, bool *value) {
  errno = 0;
  int level = gpiod_line_get_value(own_line(line));
  *value = level == 1;
  return level >= 0 ? 0 : wellspring_gpio_failure();
}

int wellspring_gpio_write(struct wellspring_gpio_line *line, bool value) {
  errno = 0;
  return gpiod_line_set_value(own_line(line), value ? 1 : 0) == 0 ? 0 : wellspring_gpio_failure();
}

int wellspring_gpio_edges(struct wellspring_gpio_line *line, struct wellspring_gpio_edge *edges,
                          size_t capacity, size_t *count) {
  *count = 0;
  bool is_there = false;
  int code = wellspring_gpio_has_edge(wellspring_gpio_descriptor(line), &is_there);
  if (code != 0 || !is_there) return code;
  struct gpiod_line_event events[16];
  unsigned most = capacity < 16 ? (unsigned)capacity : 16;
  errno = 0;
  int got = gpiod_line_event_read_multiple(own_line(line), events, most);
  if (got < 0) return wellspring_gpio_failure();
  for (int index = 0; index < got; index++) {
    edges[index] = (struct wellspring_gpio_edge){
        .nanoseconds = (uint64_t)events[index].ts.tv_sec * 1000000000u +
                       (uint64_t)events[index].ts.tv_nsec,
        .number = 0,
        .is_rising = events[index].event_type == GPIOD_LINE_EVENT_RISING_EDGE};
  }
  *count = (size_t)got;
  return 0;
}

#endif
