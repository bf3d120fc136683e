/* Makes the disk under one directory fail, for a process that preloads this library.

   DISK_FAULTS_UNDER names the directory, DISK_FAULTS a file that holds the fault of the moment:
   "full" (no write takes), "readonly" (nor is anything opened for writing), "nosync" (what is
   written does not reach the disk), "broken" (nothing is read or written); empty or absent: none. */

#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/statvfs.h>
#include <sys/syscall.h>
#include <sys/types.h>
#include <unistd.h>

enum { NONE, FULL, READONLY, NOSYNC, BROKEN };

static int fault_now(void) {
    char word[16] = {0};
    const char *path = getenv("DISK_FAULTS");
    int fd = path ? (int)syscall(SYS_openat, AT_FDCWD, path, O_RDONLY | O_CLOEXEC) : -1;
    if (fd < 0) return NONE;
    ssize_t got = syscall(SYS_read, fd, word, sizeof word - 1);
    syscall(SYS_close, fd);
    if (got <= 0) return NONE;
    if (!strcmp(word, "full")) return FULL;
    if (!strcmp(word, "readonly")) return READONLY;
    if (!strcmp(word, "nosync")) return NOSYNC;
    return strcmp(word, "broken") ? NONE : BROKEN;
}

static int is_ours(const char *path) {
    const char *under = getenv("DISK_FAULTS_UNDER");
    return under && path && !strncmp(path, under, strlen(under));
}

static int is_ours_open(int fd) {
    char link[64], path[PATH_MAX] = {0};
    snprintf(link, sizeof link, "/proc/self/fd/%d", fd);
    return readlink(link, path, sizeof path - 1) > 0 && is_ours(path);
}

/* The error of a write now; 0 where it may go on. */
static int write_error(int fd) {
    if (!is_ours_open(fd)) return 0;
    switch (fault_now()) {
        case FULL: return ENOSPC;
        case READONLY: return EROFS;
        case BROKEN: return EIO;
        default: return 0;
    }
}

#define REAL(type, name) ((type)dlsym(RTLD_NEXT, name))
#define FAIL_IF(error) do { int found = (error); if (found) { errno = found; return -1; } } while (0)

#define WRITES_AT(name) \
    ssize_t name(int fd, const void *data, size_t size, off64_t at) { \
        FAIL_IF(write_error(fd)); \
        return REAL(ssize_t (*)(int, const void *, size_t, off64_t), #name)(fd, data, size, at); \
    }
WRITES_AT(pwrite)
WRITES_AT(pwrite64)

ssize_t write(int fd, const void *data, size_t size) {
    FAIL_IF(write_error(fd));
    return REAL(ssize_t (*)(int, const void *, size_t), "write")(fd, data, size);
}

#define READS_AT(name) \
    ssize_t name(int fd, void *data, size_t size, off64_t at) { \
        FAIL_IF(is_ours_open(fd) && fault_now() == BROKEN ? EIO : 0); \
        return REAL(ssize_t (*)(int, void *, size_t, off64_t), #name)(fd, data, size, at); \
    }
READS_AT(pread)
READS_AT(pread64)

#define TRUNCATES(name) \
    int name(int fd, off64_t size) { \
        FAIL_IF(write_error(fd)); \
        return REAL(int (*)(int, off64_t), #name)(fd, size); \
    }
TRUNCATES(ftruncate)
TRUNCATES(ftruncate64)

#define ALLOCATES(name) \
    int name(int fd, off64_t at, off64_t size) { \
        int error = write_error(fd); \
        return error ? error : REAL(int (*)(int, off64_t, off64_t), #name)(fd, at, size); \
    }
ALLOCATES(posix_fallocate)
ALLOCATES(posix_fallocate64)

#define SYNCS(name) \
    int name(int fd) { \
        int fault = is_ours_open(fd) ? fault_now() : NONE; \
        FAIL_IF(fault == NOSYNC || fault == BROKEN ? EIO : 0); \
        return REAL(int (*)(int), #name)(fd); \
    }
SYNCS(fsync)
SYNCS(fdatasync)

#define OPENS(name) \
    int name(const char *path, int flags, ...) { \
        va_list rest; \
        va_start(rest, flags); \
        mode_t mode = flags & O_CREAT ? va_arg(rest, mode_t) : 0; \
        va_end(rest); \
        int writes = (flags & O_ACCMODE) != O_RDONLY; \
        FAIL_IF(writes && is_ours(path) && fault_now() == READONLY ? EROFS : 0); \
        return REAL(int (*)(const char *, int, mode_t), #name)(path, flags, mode); \
    }
OPENS(open)
OPENS(open64)

int unlink(const char *path) {
    FAIL_IF(is_ours(path) && fault_now() == READONLY ? EROFS : 0);
    return REAL(int (*)(const char *), "unlink")(path);
}

#define TELLS(name, type) \
    int name(const char *path, struct type *system) { \
        int result = REAL(int (*)(const char *, struct type *), #name)(path, system); \
        if (!result && is_ours(path)) { \
            int fault = fault_now(); \
            if (fault == FULL) system->f_bavail = 0; \
            if (fault == READONLY) system->f_flag |= ST_RDONLY; \
        } \
        return result; \
    }
TELLS(statvfs, statvfs)
TELLS(statvfs64, statvfs64)
