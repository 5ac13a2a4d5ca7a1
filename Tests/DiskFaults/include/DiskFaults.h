// Loaded into a process before its other libraries (LD_PRELOAD), it lets calls on files fail: see DiskFaults.c.
