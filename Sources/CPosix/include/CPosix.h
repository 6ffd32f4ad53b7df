#pragma once
#include <sys/types.h>

/// Who is at the other end of a Unix socket, as the kernel knows it (SO_PEERCRED).
struct wellspring_peer {
  pid_t pid;
  uid_t uid;
  gid_t gid;
};

/// Fills `peer`; returns 0, or the errno of the failure.
int wellspring_peer_of(int descriptor, struct wellspring_peer *peer);
