/* A machine whose clock is set wrong, for a program that is started with this by LD_PRELOAD: by as many milliseconds as
   WRONG_BY says. What measures spans is not changed, as it is by no clock that is set. */
#define _GNU_SOURCE
#include <stdlib.h>
#include <sys/syscall.h>
#include <sys/time.h>
#include <time.h>
#include <unistd.h>

static long long wrong_by(void) {
  const char *by = getenv("WRONG_BY");
  return by ? atoll(by) : 0;
}

int clock_gettime(clockid_t clock, struct timespec *at) {
  int failed = (int)syscall(SYS_clock_gettime, clock, at);
  if (!failed && (clock == CLOCK_REALTIME || clock == CLOCK_REALTIME_COARSE)) {
    long long ms = at->tv_sec * 1000LL + at->tv_nsec / 1000000 + wrong_by();
    at->tv_sec = ms / 1000;
    at->tv_nsec = (ms % 1000) * 1000000 + at->tv_nsec % 1000000;
  }
  return failed;
}

int gettimeofday(struct timeval *at, void *zone) {
  struct timespec now;
  (void)zone;
  int failed = clock_gettime(CLOCK_REALTIME, &now);
  at->tv_sec = now.tv_sec;
  at->tv_usec = now.tv_nsec / 1000;
  return failed;
}

time_t time(time_t *at) {
  struct timespec now;
  clock_gettime(CLOCK_REALTIME, &now);
  if (at)
    *at = now.tv_sec;
  return now.tv_sec;
}
