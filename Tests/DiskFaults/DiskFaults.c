// Lets calls on files fail in a process that was started with LD_PRELOAD=libDiskFaults.so, without being root and without
// a file system made for it. STEWARD_DISK_FAULTS names a file that may be changed at any time; each of its lines is
//
//     CALLS ERRNO PART
//
// where CALLS is sync (fsync, fdatasync), write (write, pwrite, ftruncate), open (whatever opens for writing, makes, renames
// or removes) or space (statvfs tells of a disk that is read-only, for EROFS, or full), and PART is a part of the paths
// that are meant. An ERRNO below zero is a signal that the process gets at such a call, in place of an error.
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/statvfs.h>
#include <sys/syscall.h>
#include <unistd.h>

// The error of such a call on such a path; 0 for none.
static int fault(const char *calls, const char *path) {
    const char *control = getenv("STEWARD_DISK_FAULTS");
    if (!control) return 0;
    int saved = errno, found = 0;
    int file = syscall(SYS_openat, AT_FDCWD, control, O_RDONLY | O_CLOEXEC);
    if (file >= 0) {
        char text[4096];
        ssize_t count = syscall(SYS_read, file, text, sizeof text - 1);
        syscall(SYS_close, file);
        text[count > 0 ? count : 0] = 0;
        char *rest = text, *line;
        while (!found && (line = strsep(&rest, "\n"))) {
            char name[16], part[2048];
            int code;
            if (sscanf(line, "%15s %d %2047s", name, &code, part) == 3 && !strcmp(name, calls) && strstr(path, part))
                found = code;
        }
    }
    errno = saved;
    return found;
}

static int fault_of_descriptor(const char *calls, int descriptor) {
    if (!getenv("STEWARD_DISK_FAULTS")) return 0;
    char link[64], path[4096];
    snprintf(link, sizeof link, "/proc/self/fd/%d", descriptor);
    int saved = errno;
    ssize_t count = syscall(SYS_readlink, link, path, sizeof path - 1);
    errno = saved;
    if (count < 0) return 0;
    path[count] = 0;
    return fault(calls, path);
}

#define FAIL(code) do { int failure = (code); if (failure < 0) raise(-failure); if (failure > 0) { errno = failure; return -1; } } while (0)

int fsync(int file) {
    FAIL(fault_of_descriptor("sync", file));
    return syscall(SYS_fsync, file);
}

int fdatasync(int file) {
    FAIL(fault_of_descriptor("sync", file));
    return syscall(SYS_fdatasync, file);
}

ssize_t write(int file, const void *bytes, size_t count) {
    FAIL(fault_of_descriptor("write", file));
    return syscall(SYS_write, file, bytes, count);
}

ssize_t pwrite(int file, const void *bytes, size_t count, off_t offset) {
    FAIL(fault_of_descriptor("write", file));
    return syscall(SYS_pwrite64, file, bytes, count, offset);
}

ssize_t pwrite64(int file, const void *bytes, size_t count, off64_t offset) { return pwrite(file, bytes, count, offset); }

int ftruncate(int file, off_t length) {
    FAIL(fault_of_descriptor("write", file));
    return syscall(SYS_ftruncate, file, length);
}

int ftruncate64(int file, off64_t length) { return ftruncate(file, length); }

static int open_at(int folder, const char *path, int flags, mode_t mode) {
    if (flags & (O_WRONLY | O_RDWR | O_CREAT)) FAIL(fault("open", path));
    return syscall(SYS_openat, folder, path, flags, mode);
}

#define MODE(flags) \
    mode_t mode = 0; \
    if ((flags) & (O_CREAT | O_TMPFILE)) { va_list list; va_start(list, flags); mode = va_arg(list, mode_t); va_end(list); }

int open(const char *path, int flags, ...) { MODE(flags) return open_at(AT_FDCWD, path, flags, mode); }
int open64(const char *path, int flags, ...) { MODE(flags) return open_at(AT_FDCWD, path, flags, mode); }
int openat(int folder, const char *path, int flags, ...) { MODE(flags) return open_at(folder, path, flags, mode); }
int openat64(int folder, const char *path, int flags, ...) { MODE(flags) return open_at(folder, path, flags, mode); }

int mkdir(const char *path, mode_t mode) {
    FAIL(fault("open", path));
    return syscall(SYS_mkdir, path, mode);
}

int unlink(const char *path) {
    FAIL(fault("open", path));
    return syscall(SYS_unlink, path);
}

int rename(const char *from, const char *to) {
    FAIL(fault("open", to));
    return syscall(SYS_rename, from, to);
}

int statvfs(const char *path, struct statvfs *status) {
    int (*original)(const char *, struct statvfs *) = dlsym(RTLD_NEXT, "statvfs");
    int result = original(path, status);
    int state = result == 0 ? fault("space", path) : 0;
    if (state == EROFS) status->f_flag |= ST_RDONLY;
    else if (state) status->f_bavail = status->f_bfree = 0;
    return result;
}

int statvfs64(const char *path, struct statvfs64 *status) {
    int (*original)(const char *, struct statvfs64 *) = dlsym(RTLD_NEXT, "statvfs64");
    int result = original(path, status);
    int state = result == 0 ? fault("space", path) : 0;
    if (state == EROFS) status->f_flag |= ST_RDONLY;
    else if (state) status->f_bavail = status->f_bfree = 0;
    return result;
}
