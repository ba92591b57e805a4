#pragma once

#include "libs/storage/connection.h"
#include "libs/storage/session.h"

namespace xiufu::storage {

// A session on a connection as it is: the caller minds the transaction.
class PlainSession : public Session {
 public:
  explicit PlainSession(Connection* connection) : Session(connection) {}
};

}  // namespace xiufu::storage
