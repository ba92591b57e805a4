#include "libs/messaging/interrupt.h"

#include <sys/socket.h>

namespace xiufu::messaging {

void Interrupt::Fire() {
  absl::MutexLock lock(&mutex_);
  fired_ = true;
  if (fd_ >= 0) shutdown(fd_, SHUT_RDWR);
}

bool Interrupt::fired() const {
  absl::MutexLock lock(&mutex_);
  return fired_;
}

Interrupt::Scope::Scope(Interrupt* owner, int fd) : owner_(owner) {
  absl::MutexLock lock(&owner_->mutex_);
  owner_->fd_ = fd;
  if (owner_->fired_) shutdown(fd, SHUT_RDWR);
}

Interrupt::Scope::~Scope() {
  absl::MutexLock lock(&owner_->mutex_);
  owner_->fd_ = -1;
}

}  // namespace xiufu::messaging
