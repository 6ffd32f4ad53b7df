#include <dirent.h>
#include <stdio.h>
#include <string.h>

#include "shared.h"

/// libgpiod 2 finds no chips by label, and libgpiod 1 gives up at the first that it may not open.
static int open_by_label(const char *label, struct wellspring_gpio_chip **chip) {
  DIR *folder = opendir("/dev");
  if (folder == NULL) return errno;
  int refusal = ENOENT;
  struct wellspring_gpio_chip *found = NULL;
  for (struct dirent *entry = readdir(folder); entry != NULL; entry = readdir(folder)) {
    if (strncmp(entry->d_name, "gpiochip", 8) != 0) continue;
    char path[sizeof "/dev/" + sizeof entry->d_name];
    snprintf(path, sizeof path, "/dev/%s", entry->d_name);
    struct wellspring_gpio_chip *candidate = NULL;
    int code = wellspring_gpio_open_path(path, &candidate);
    if (code != 0) {
      if (code == EACCES || code == EPERM) refusal = EACCES;
      continue;
    }
    char own[64];
    bool is_it = wellspring_gpio_label(candidate, own, sizeof own) == 0 && strcmp(own, label) == 0;
    if (is_it && found == NULL) {
      found = candidate;
      continue;
    }
    wellspring_gpio_close(candidate);
    if (is_it) {
      wellspring_gpio_close(found);
      closedir(folder);
      return EEXIST;
    }
  }
  closedir(folder);
  *chip = found;
  return found != NULL ? 0 : refusal;
}

int wellspring_gpio_open(const char *name, struct wellspring_gpio_chip **chip) {
  return name[0] == '/' ? wellspring_gpio_open_path(name, chip) : open_by_label(name, chip);
}
