/* Makes one call that changes files fail, or ends the process there: the
 * FAULT_AT-th among those below the folder FAULT_DIR. FAULT_KIND is "error"
 * (EIO), "kill", "count", which writes their number to FAULT_LOG, or "full": no
 * write there has room (ENOSPC). */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <pthread.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static long calls;

static int below(const char *path) {
  const char *dir = getenv("FAULT_DIR");
  return dir && path && strncmp(path, dir, strlen(dir)) == 0;
}

static int fd_below(int fd) {
  char link[64], path[PATH_MAX];
  snprintf(link, sizeof link, "/proc/self/fd/%d", fd);
  ssize_t n = readlink(link, path, sizeof path - 1);
  if (n < 0) return 0;
  path[n] = 0;
  return below(path);
}

/* Whether this call is the one. */
static int hit(int here) {
  if (!here) return 0;
  pthread_mutex_lock(&lock);
  long n = ++calls;
  pthread_mutex_unlock(&lock);
  const char *kind = getenv("FAULT_KIND"), *at = getenv("FAULT_AT");
  if (!kind) return 0;
  if (strcmp(kind, "count") == 0) {
    FILE *(*real)(const char *, const char *) = dlsym(RTLD_NEXT, "fopen");
    FILE *log = real(getenv("FAULT_LOG"), "w");
    if (log) { fprintf(log, "%ld", n); fclose(log); }
    return 0;
  }
  if (!at || atol(at) != n) return 0;
  if (strcmp(kind, "kill") == 0) _exit(137);
  errno = EIO;
  return 1;
}

#define REAL(type, name, ...) type (*real)(__VA_ARGS__) = dlsym(RTLD_NEXT, #name)

static mode_t mode_of(int flags, va_list args) {
  return (flags & (O_CREAT | __O_TMPFILE)) ? va_arg(args, mode_t) : 0;
}

int open64(const char *path, int flags, ...) {
  va_list args; va_start(args, flags); mode_t mode = mode_of(flags, args); va_end(args);
  if (hit(below(path))) return -1;
  REAL(int, open64, const char *, int, ...);
  return real(path, flags, mode);
}
int open(const char *path, int flags, ...) {
  va_list args; va_start(args, flags); mode_t mode = mode_of(flags, args); va_end(args);
  if (hit(below(path))) return -1;
  REAL(int, open, const char *, int, ...);
  return real(path, flags, mode);
}
ssize_t write(int fd, const void *data, size_t size) {
  const char *kind = getenv("FAULT_KIND");
  if (kind && strcmp(kind, "full") == 0 && fd_below(fd)) { errno = ENOSPC; return -1; }
  if (hit(fd_below(fd))) return -1;
  REAL(ssize_t, write, int, const void *, size_t);
  return real(fd, data, size);
}
int fsync(int fd) {
  if (hit(fd_below(fd))) return -1;
  REAL(int, fsync, int);
  return real(fd);
}
int rename(const char *from, const char *to) {
  if (hit(below(from) || below(to))) return -1;
  REAL(int, rename, const char *, const char *);
  return real(from, to);
}
int unlink(const char *path) {
  if (hit(below(path))) return -1;
  REAL(int, unlink, const char *);
  return real(path);
}
int rmdir(const char *path) {
  if (hit(below(path))) return -1;
  REAL(int, rmdir, const char *);
  return real(path);
}
int mkdir(const char *path, mode_t mode) {
  if (hit(below(path))) return -1;
  REAL(int, mkdir, const char *, mode_t);
  return real(path, mode);
}
