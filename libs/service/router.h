#pragma once

#include <functional>
#include <string>
#include <utility>

#include "absl/container/flat_hash_map.h"
#include "absl/container/flat_hash_set.h"
#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "libs/messaging/cause.h"
#include "libs/messaging/envelope.h"
#include "libs/storage/tx.h"

namespace xiufu::service {

// Handles one event inside the caller's savepoint. Touches only the store. Not OK rolls back what
// it did:
//   UNAVAILABLE, ABORTED, NOT_FOUND, FAILED_PRECONDITION → tried again later (something may come
//   that it needs); anything else → parked: a person's turn.
using EventHandler =
    std::function<absl::Status(const messaging::Envelope&, const messaging::Cause&, storage::Tx&)>;

// Event type → handler. A type that is neither handled nor ignored is parked: a newer producer's,
// most likely.
class Router {
 public:
  void On(std::string type, EventHandler handler) {
    handlers_.insert_or_assign(std::move(type), std::move(handler));
  }

  // `decode` turns the data into the application's own struct; bad data can never succeed, so it
  // parks.
  template <typename Event, typename HandlerFn>
  void On(std::string type, absl::StatusOr<Event> (*decode)(absl::string_view data),
          HandlerFn handle) {
    On(std::move(type), [decode, handle](const messaging::Envelope& envelope,
                                         const messaging::Cause& cause, storage::Tx& tx) {
      absl::StatusOr<Event> event = decode(envelope.data);
      if (!event.ok()) return absl::InvalidArgumentError(event.status().message());
      return handle(*event, cause, tx);
    });
  }

  // A stream is subscribed to whole; this type of it says nothing to this service and leaves
  // nothing but the mark.
  void Ignore(std::string type) { ignored_.insert(std::move(type)); }

  bool Ignores(absl::string_view type) const { return ignored_.contains(type); }
  // nullptr for a type that is not handled.
  const EventHandler* Find(absl::string_view type) const {
    auto it = handlers_.find(type);
    return it == handlers_.end() ? nullptr : &it->second;
  }

 private:
  absl::flat_hash_map<std::string, EventHandler> handlers_;
  absl::flat_hash_set<std::string> ignored_;
};

}  // namespace xiufu::service
