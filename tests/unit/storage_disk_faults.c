// Preloaded into storage_crash_writer: lets the disk fail when the environment says so.
//   XIUFU_FDATASYNC_FAILS_AT=n   the n-th fdatasync or fsync of this process returns EIO
//   XIUFU_DISK_FULL_FILE=path    while that file exists, writes return ENOSPC
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <stdlib.h>
#include <sys/types.h>
#include <unistd.h>

static int syncs;

static int SyncFails(void) {
  const char* at = getenv("XIUFU_FDATASYNC_FAILS_AT");
  return at != NULL && __sync_add_and_fetch(&syncs, 1) == atoi(at);
}

int fdatasync(int fd) {
  static int (*real)(int);
  if (real == NULL) real = (int (*)(int))dlsym(RTLD_NEXT, "fdatasync");
  if (!SyncFails()) return real(fd);
  errno = EIO;
  return -1;
}

ssize_t pwrite64(int fd, const void* bytes, size_t size, off64_t offset) {
  static ssize_t (*real)(int, const void*, size_t, off64_t);
  if (real == NULL) real = (ssize_t(*)(int, const void*, size_t, off64_t))dlsym(RTLD_NEXT, "pwrite64");
  const char* full = getenv("XIUFU_DISK_FULL_FILE");
  if (full == NULL || access(full, F_OK) != 0) return real(fd, bytes, size, offset);
  errno = ENOSPC;
  return -1;
}
