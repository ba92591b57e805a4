#pragma once

namespace xiufu {

// Marks a moment between two durable steps. Two bodies exist and the link chooses: an empty one in
// what is installed, and one in the *-crash programs of the tests that ends the process with
// SIGKILL when the environment says XIUFU_CRASH_AT=<name>:<n> and this is the n-th time. Same
// objects, two links. `name` is a string literal, e.g. "consumer.after_commit".
void CrashPoint(const char* name);

}  // namespace xiufu
