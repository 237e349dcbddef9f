/*
 * The reference model of the benchmark as one writes it by hand in C: a four-ary heap of events, a pool of requests, a
 * ring of waiting requests per station, a histogram of response times.
 *
 * Requests arrive at 2560/s, go round robin to 8 servers of 4 slots (first in, first out, exponential 10 ms), leave the
 * slot, travel 0.5 ms, and get the reply of a cache (0.5 ms) with probability 0.8; the others go to a database of 16
 * slots (exponential 20 ms) and travel 0.5 ms back.
 *
 *   cc -O2 -o web-tier web-tier.c -lm && ./web-tier 2000000
 *
 * Prints one line of JSON: requests, seconds, events, mean and 99th percentile of the response time in ms.
 */
#define _POSIX_C_SOURCE 199309L
#include <math.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

enum { SERVERS = 8, SLOTS = 4, DATABASE_SLOTS = 16, STATIONS = SERVERS + 1 };
enum kind { ARRIVAL, SERVED, TRAVELLED, STORED, ANSWERED };

typedef struct {
  double time;
  uint64_t order;
  int32_t kind;
  int32_t request;
} event;

typedef struct {
  int32_t *waiting; /* a ring of requests */
  uint32_t first, count, room;
  int busy, slots;
} station;

static double now;
static uint64_t orders, events;

static uint32_t a = 0x12345678, b = 0x9abcdef0, c = 0x0fedcba9, counter = 1;
static uint32_t word(void) { /* sfc32 */
  uint32_t sum = a + b + counter++;
  a = b ^ (b >> 9);
  b = c + (c << 3);
  c = ((c << 21) | (c >> 11)) + sum;
  return sum;
}
static double uniform(void) {
  uint32_t high = word();
  return ((high >> 5) * 67108864.0 + (word() >> 6) + 0.5) / 9007199254740992.0;
}
static double exponential(double mean) { return -mean * log(uniform()); }

static void *grown(void *memory, size_t bytes) {
  void *more = realloc(memory, bytes);
  if (more == NULL) {
    fputs("out of memory\n", stderr);
    exit(1);
  }
  return more;
}

static event *heap;
static uint32_t heap_size, heap_room;
static int before(const event *x, const event *y) {
  return x->time < y->time || (x->time == y->time && x->order < y->order);
}
static void schedule(double time, enum kind kind, int32_t request) {
  if (heap_size == heap_room) heap = grown(heap, (heap_room = heap_room ? heap_room * 2 : 64) * sizeof *heap);
  event e = {time, orders++, kind, request};
  uint32_t hole = heap_size++;
  while (hole > 0) {
    uint32_t parent = (hole - 1) >> 2;
    if (!before(&e, &heap[parent])) break;
    heap[hole] = heap[parent];
    hole = parent;
  }
  heap[hole] = e;
}
static event next_of_heap(void) {
  event top = heap[0], e = heap[--heap_size];
  uint32_t hole = 0;
  for (;;) {
    uint32_t first = hole * 4 + 1;
    if (first >= heap_size) break;
    uint32_t least = first, end = first + 4 < heap_size ? first + 4 : heap_size;
    for (uint32_t i = first + 1; i < end; i++)
      if (before(&heap[i], &heap[least])) least = i;
    if (!before(&heap[least], &e)) break;
    heap[hole] = heap[least];
    hole = least;
  }
  if (heap_size > 0) heap[hole] = e;
  return top;
}

static double *arrived;
static int32_t *server, *unused;
static uint32_t requests_room, unused_count;
static int32_t new_request(void) {
  if (unused_count == 0) {
    uint32_t room = requests_room ? requests_room * 2 : 1024;
    arrived = grown(arrived, room * sizeof *arrived);
    server = grown(server, room * sizeof *server);
    unused = grown(unused, room * sizeof *unused);
    for (uint32_t i = requests_room; i < room; i++) unused[unused_count++] = (int32_t)i;
    requests_room = room;
  }
  return unused[--unused_count];
}

static station stations[STATIONS];
static void begin(int at, int32_t request) {
  if (at < SERVERS) schedule(now + exponential(10), SERVED, request);
  else schedule(now + exponential(20), STORED, request);
}
static void enter(int at, int32_t request) {
  station *s = &stations[at];
  if (s->busy < s->slots) {
    s->busy++;
    begin(at, request);
    return;
  }
  if (s->count == s->room) {
    uint32_t room = s->room ? s->room * 2 : 64;
    int32_t *more = grown(NULL, room * sizeof *more);
    for (uint32_t i = 0; i < s->count; i++) more[i] = s->waiting[(s->first + i) & (s->room - 1)];
    free(s->waiting);
    s->waiting = more;
    s->first = 0;
    s->room = room;
  }
  s->waiting[(s->first + s->count++) & (s->room - 1)] = request;
}
static void leave(int at) {
  station *s = &stations[at];
  if (s->count == 0) {
    s->busy--;
    return;
  }
  int32_t next = s->waiting[s->first];
  s->first = (s->first + 1) & (s->room - 1);
  s->count--;
  begin(at, next);
}

enum { PER_OCTAVE = 128, OCTAVES = 60, BUCKETS = PER_OCTAVE * OCTAVES };
static uint64_t histogram[BUCKETS], answered;
static double sum;
static void record(double ms) {
  uint64_t bits;
  memcpy(&bits, &ms, sizeof bits);
  int64_t bucket = (int64_t)(bits >> 45) - (int64_t)(1023 - 20) * PER_OCTAVE;
  histogram[bucket < 0 ? 0 : bucket < BUCKETS ? bucket : BUCKETS - 1]++;
  sum += ms;
  answered++;
}
static double percentile(double share) {
  uint64_t rank = (uint64_t)ceil(share * (double)answered), seen = 0;
  for (int i = 0; i < BUCKETS; i++)
    if ((seen += histogram[i]) >= rank) return ldexp(1 + (i % PER_OCTAVE + 0.5) / PER_OCTAVE, i / PER_OCTAVE - 20);
  return 0;
}

static double seconds(void) {
  struct timespec t;
  clock_gettime(CLOCK_MONOTONIC, &t);
  return (double)t.tv_sec + 1e-9 * (double)t.tv_nsec;
}

int main(int count, char **words) {
  uint64_t wanted = count > 1 ? strtoull(words[1], NULL, 10) : 2000000;
  for (int i = 0; i < STATIONS; i++) stations[i].slots = i < SERVERS ? SLOTS : DATABASE_SLOTS;
  double started = seconds();
  int turn = 0;
  schedule(exponential(1000.0 / 2560), ARRIVAL, -1);
  while (answered < wanted) {
    event e = next_of_heap();
    now = e.time;
    events++;
    switch ((enum kind)e.kind) {
      case ARRIVAL: {
        schedule(now + exponential(1000.0 / 2560), ARRIVAL, -1);
        int32_t request = new_request();
        arrived[request] = now;
        server[request] = turn;
        enter(turn, request);
        turn = turn + 1 == SERVERS ? 0 : turn + 1;
        break;
      }
      case SERVED:
        leave(server[e.request]);
        schedule(now + 0.5, TRAVELLED, e.request);
        break;
      case TRAVELLED:
        if (uniform() < 0.8) schedule(now + 0.5, ANSWERED, e.request);
        else enter(SERVERS, e.request);
        break;
      case STORED:
        leave(SERVERS);
        schedule(now + 0.5, ANSWERED, e.request);
        break;
      case ANSWERED:
        record(now - arrived[e.request]);
        unused[unused_count++] = e.request;
        break;
    }
  }
  double took = seconds() - started;
  printf("{\"requests\":%llu,\"seconds\":%.6f,\"events\":%llu,\"mean\":%.4f,\"p99\":%.3f}\n",
         (unsigned long long)answered, took, (unsigned long long)events, sum / (double)answered, percentile(.99));
  return 0;
}
