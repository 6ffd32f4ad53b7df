/* libmodbus by itself against the fault server: the usual loop, which closes and connects again after an
   error and takes no other care. See ../README.md for the truth and for the line that it prints. */

#include <errno.h>
#include <inttypes.h>
#include <modbus.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

enum { pairs = 1000, memory = 0xC000, largest = 20, baud = 115200 };

static uint64_t mix(uint64_t key) {
  uint64_t z = key + UINT64_C(0x9E3779B97F4A7C15);
  z = (z ^ (z >> 30)) * UINT64_C(0xBF58476D1CE4E5B9);
  z = (z ^ (z >> 27)) * UINT64_C(0x94D049BB133111EB);
  return z ^ (z >> 31);
}

static uint16_t value(uint64_t unit, uint64_t address, uint64_t tick) {
  uint64_t base = address < pairs ? address : address & 0xFFFE;
  uint64_t hash = mix(unit << 56 | base << 40 | (tick & UINT64_C(0xFFFFFFFFFF)));
  return address < pairs || address & 1 ? hash & 0xFFFF : hash >> 16 & 0xFFFF;
}

static uint64_t now(void) {
  struct timespec time;
  clock_gettime(CLOCK_MONOTONIC, &time);
  return (uint64_t)time.tv_sec * 1000000000u + (uint64_t)time.tv_nsec;
}

/* How many words were true at no tick of the window; *whole tells whether all were at one. */
static int judge(int unit, int address, const uint16_t *words, int count, uint64_t first, uint64_t last,
                 int *whole) {
  int wrong = 0;
  *whole = 0;
  for (int i = 0; i < count; i++) {
    uint64_t tick = first;
    while (tick <= last && value(unit, address + i, tick) != words[i]) tick++;
    wrong += tick > last;
  }
  for (uint64_t tick = first; tick <= last && !wrong && !*whole; tick++) {
    int i = 0;
    while (i < count && value(unit, address + i, tick) == words[i]) i++;
    *whole = i == count;
  }
  return wrong;
}

static modbus_t *context_for(char *target) {
  if (strncmp(target, "rtu:", 4) == 0) return modbus_new_rtu(target + 4, baud, 'N', 8, 1);
  char *port = strrchr(target, ':');
  if (strncmp(target, "tcp:", 4) != 0 || port == target + 3) return NULL;
  *port = 0;
  return modbus_new_tcp_pi(target + 4, port + 1);
}

static int connect_to(modbus_t *line, int serial) {
  if (modbus_connect(line) != 0) {
    usleep(1000);
    return 0;
  }
  /* Opening a serial line empties its buffer; opening a pseudo-terminal does not. */
  if (serial) modbus_flush(line);
  return 1;
}

static void usage(void) {
  fprintf(stderr,
          "usage: libmodbus --target tcp:HOST:PORT|rtu:PATH --seconds S --timeout T [--unit U] [--units N] "
          "[--seed N]\n");
  exit(64);
}

int main(int argc, char **argv) {
  char *target = NULL;
  double seconds = 0, timeout = 0;
  int unit = 1, units = 1;
  unsigned seed = (unsigned)now();
  for (int i = 1; i < argc; i += 2) {
    if (i + 1 == argc) usage();
    if (strcmp(argv[i], "--target") == 0) target = argv[i + 1];
    else if (strcmp(argv[i], "--seconds") == 0) seconds = atof(argv[i + 1]);
    else if (strcmp(argv[i], "--timeout") == 0) timeout = atof(argv[i + 1]);
    else if (strcmp(argv[i], "--unit") == 0) unit = atoi(argv[i + 1]);
    else if (strcmp(argv[i], "--units") == 0) units = atoi(argv[i + 1]);
    else if (strcmp(argv[i], "--seed") == 0) seed = (unsigned)strtoul(argv[i + 1], NULL, 10);
    else usage();
  }
  if (!target || seconds <= 0 || timeout <= 0 || units < 1) usage();
  int serial = strncmp(target, "rtu:", 4) == 0;
  modbus_t *line = context_for(target);
  if (!line) usage();
  modbus_set_response_timeout(line, (uint32_t)timeout, (uint32_t)((timeout - (uint32_t)timeout) * 1e6));
  srandom(seed);

  uint64_t requests = 0, delivered = 0, wrong_words = 0, wrong_answers = 0, errors = 0, start = now();
  int is_open = 0;
  while ((double)(now() - start) / 1e9 < seconds) {
    if (!is_open && !(is_open = connect_to(line, serial))) continue;
    uint16_t words[MODBUS_MAX_READ_REGISTERS];
    int slave = unit + (int)(random() % units), count = 1 + (int)(random() % largest);
    int address = (int)(random() % (memory - largest)), input = (int)(random() & 1);
    modbus_set_slave(line, slave);
    uint64_t sent = now() / 1000000;
    int got = input ? modbus_read_input_registers(line, address, count, words)
                    : modbus_read_registers(line, address, count, words);
    uint64_t done = now() / 1000000;
    requests++;
    if (got < 0) {
      errors++;
      modbus_close(line);
      is_open = 0;
      continue;
    }
    int whole;
    delivered++;
    wrong_words += (uint64_t)judge(slave, address, words, got < count ? got : count, sent, done, &whole);
    wrong_answers += !whole || got != count;
  }
  printf("{\"client\": \"libmodbus\", \"requests\": %" PRIu64 ", \"delivered\": %" PRIu64
         ", \"wrong_words\": %" PRIu64 ", \"wrong_answers\": %" PRIu64 ", \"errors\": %" PRIu64
         ", \"seconds\": %.3f}\n",
         requests, delivered, wrong_words, wrong_answers, errors, (double)(now() - start) / 1e9);
  modbus_close(line);
  modbus_free(line);
}
