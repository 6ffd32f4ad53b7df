#include <stdlib.h>
#include <string.h>

#include "shared.h"

#ifndef WELLSPRING_GPIOD_1

/// The most that the kernel keeps of one request, by its interface (GPIO_V2_LINES_MAX * 16).
enum { kept_edges = 1024, read_edges = 64 };

struct wellspring_gpio_line {
  struct gpiod_line_request *request;
  struct gpiod_edge_event_buffer *buffer;
  unsigned offset;
};

static struct gpiod_chip *own_chip(struct wellspring_gpio_chip *chip) {
  return (struct gpiod_chip *)chip;
}

size_t wellspring_gpio_kept_edges(void) { return kept_edges; }

int wellspring_gpio_open_path(const char *path, struct wellspring_gpio_chip **chip) {
  errno = 0;
  *chip = (struct wellspring_gpio_chip *)gpiod_chip_open(path);
  return *chip != NULL ? 0 : wellspring_gpio_failure();
}

int wellspring_gpio_label(struct wellspring_gpio_chip *chip, char *label, size_t size) {
  errno = 0;
  struct gpiod_chip_info *info = gpiod_chip_get_info(own_chip(chip));
  if (info == NULL) return wellspring_gpio_failure();
  strncpy(label, gpiod_chip_info_get_label(info), size - 1);
  label[size - 1] = '\0';
  gpiod_chip_info_free(info);
  return 0;
}

void wellspring_gpio_close(struct wellspring_gpio_chip *chip) { gpiod_chip_close(own_chip(chip)); }

unsigned wellspring_gpio_count(struct wellspring_gpio_chip *chip) {
  struct gpiod_chip_info *info = gpiod_chip_get_info(own_chip(chip));
  if (info == NULL) return 0;
  unsigned count = (unsigned)gpiod_chip_info_get_num_lines(info);
  gpiod_chip_info_free(info);
  return count;
}

/// Takes one line with these settings.
static int request(struct wellspring_gpio_chip *chip, unsigned offset, const char *consumer,
                   struct gpiod_line_settings *settings, struct wellspring_gpio_line **line) {
  struct wellspring_gpio_line *made = calloc(1, sizeof *made);
  struct gpiod_line_config *lines = gpiod_line_config_new();
  struct gpiod_request_config *config = gpiod_request_config_new();
  int code = ENOMEM;
  if (made != NULL && lines != NULL && config != NULL) {
    made->offset = offset;
    made->buffer = gpiod_edge_event_buffer_new(read_edges);
    gpiod_request_config_set_consumer(config, consumer);
    gpiod_request_config_set_event_buffer_size(config, kept_edges);
    errno = 0;
    if (made->buffer != NULL &&
        gpiod_line_config_add_line_settings(lines, &offset, 1, settings) == 0) {
      made->request = gpiod_chip_request_lines(own_chip(chip), config, lines);
    }
    code = made->request != NULL ? 0 : wellspring_gpio_failure();
  }
  if (config != NULL) gpiod_request_config_free(config);
  if (lines != NULL) gpiod_line_config_free(lines);
  if (code == 0) {
    *line = made;
  } else if (made != NULL) {
    if (made->buffer != NULL) gpiod_edge_event_buffer_free(made->buffer);
    free(made);
  }
  return code;
}

int wellspring_gpio_input(struct wellspring_gpio_chip *chip, unsigned offset, const char *consumer,
                          bool is_active_low, enum wellspring_gpio_bias bias, bool rising_only,
                          struct wellspring_gpio_line **line) {
  struct gpiod_line_settings *settings = gpiod_line_settings_new();
  if (settings == NULL) return ENOMEM;
  gpiod_line_settings_set_direction(settings, GPIOD_LINE_DIRECTION_INPUT);
  gpiod_line_settings_set_edge_detection(
      settings, rising_only ? GPIOD_LINE_EDGE_RISING : GPIOD_LINE_EDGE_BOTH);
  gpiod_line_settings_set_event_clock(settings, GPIOD_LINE_CLOCK_MONOTONIC);
  gpiod_line_settings_set_active_low(settings, is_active_low);
  switch (bias) {
    case WELLSPRING_GPIO_AS_IS: break;
    case WELLSPRING_GPIO_NO_PULL:
      gpiod_line_settings_set_bias(settings, GPIOD_LINE_BIAS_DISABLED);
      break;
    case WELLSPRING_GPIO_PULL_UP:
      gpiod_line_settings_set_bias(settings, GPIOD_LINE_BIAS_PULL_UP);
      break;
    case WELLSPRING_GPIO_PULL_DOWN:
      gpiod_line_settings_set_bias(settings, GPIOD_LINE_BIAS_PULL_DOWN);
      break;
  }
  int code = request(chip, offset, consumer, settings, line);
  gpiod_line_settings_free(settings);
  return code;
}

static enum gpiod_line_value level(bool value) {
  return value ? GPIOD_LINE_VALUE_ACTIVE : GPIOD_LINE_VALUE_INACTIVE;
}

int wellspring_gpio_output(struct wellspring_gpio_chip *chip, unsigned offset, const char *consumer,
                           bool is_active_low, bool value, struct wellspring_gpio_line **line) {
  struct gpiod_line_settings *settings = gpiod_line_settings_new();
  if (settings == NULL) return ENOMEM;
  gpiod_line_settings_set_direction(settings, GPIOD_LINE_DIRECTION_OUTPUT);
  gpiod_line_settings_set_active_low(settings, is_active_low);
  gpiod_line_settings_set_output_value(settings, level(value));
  int code = request(chip, offset, consumer, settings, line);
  gpiod_line_settings_free(settings);
  return code;
}

void wellspring_gpio_release(struct wellspring_gpio_line *line) {
  gpiod_line_request_release(line->request);
  gpiod_edge_event_buffer_free(line->buffer);
  free(line);
}

int wellspring_gpio_descriptor(struct wellspring_gpio_line *line) {
  return gpiod_line_request_get_fd(line->request);
}

int wellspring_gpio_read(struct wellspring_gpio_line *line, bool *value) {
  errno = 0;
  enum gpiod_line_value found = gpiod_line_request_get_value(line->request, line->offset);
  *value = found == GPIOD_LINE_VALUE_ACTIVE;
  return found != GPIOD_LINE_VALUE_ERROR ? 0 : wellspring_gpio_failure();
}

int wellspring_gpio_write(struct wellspring_gpio_line *line, bool value) {
  errno = 0;
  int code = gpiod_line_request_set_value(line->request, line->offset, level(value));
  return code == 0 ? 0 : wellspring_gpio_failure();
}

int wellspring_gpio_edges(struct wellspring_gpio_line *line, struct wellspring_gpio_edge *edges,
                          size_t capacity, size_t *count) {
  *count = 0;
  bool is_there = false;
  int code = wellspring_gpio_has_edge(wellspring_gpio_descriptor(line), &is_there);
  if (code != 0 || !is_there) return code;
  size_t most = capacity < read_edges ? capacity : read_edges;
  errno = 0;
  int got = gpiod_line_request_read_edge_events(line->request, line->buffer, most);
  if (got < 0) return wellspring_gpio_failure();
  for (int index = 0; index < got; index++) {
    struct gpiod_edge_event *event =
        gpiod_edge_event_buffer_get_event(line->buffer, (unsigned long)index);
    edges[index] = (struct wellspring_gpio_edge){
        .nanoseconds = gpiod_edge_event_get_timestamp_ns(event),
        .number = (uint32_t)gpiod_edge_event_get_line_seqno(event),
        .is_rising = gpiod_edge_event_get_event_type(event) == GPIOD_EDGE_EVENT_RISING_EDGE};
  }
  *count = (size_t)got;
  return 0;
}

#endif
