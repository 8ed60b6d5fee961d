/* A disk that takes a millisecond more for each flush, for a program that is started with this by LD_PRELOAD. */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <time.h>

typedef int (*flush)(int);

static int slowly(const char *name, int file) {
  struct timespec time = {0, 1000000};
  flush real = (flush)dlsym(RTLD_NEXT, name);
  nanosleep(&time, 0);
  return real(file);
}

int fsync(int file) { return slowly("fsync", file); }
int fdatasync(int file) { return slowly("fdatasync", file); }
