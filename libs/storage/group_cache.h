#pragma once

#include <cstddef>

#include "libs/storage/session.h"
#include "libs/storage/tx.h"

namespace xiufu::storage {

// What the writer keeps in memory of the store's rows, so that events do not pay for reading and
// writing them one by one. It follows the transaction: back with a savepoint, out with the commit,
// away with a lost group.
class GroupCache {
 public:
  virtual ~GroupCache() = default;
  // How many changes were made since the group began; a savepoint remembers it.
  virtual size_t Position() const = 0;
  // After ROLLBACK TO: takes back every change past `position`.
  virtual void UndoTo(Tx& tx, size_t position) = 0;
  // Before COMMIT: writes what is only in memory so far.
  virtual void Flush(Tx& tx) = 0;
  // After COMMIT: nothing can be taken back any more.
  virtual void Keep() = 0;
  // At the start and after a lost group: forgets everything and reads the store.
  virtual void Load(Session& session) = 0;
};

}  // namespace xiufu::storage
