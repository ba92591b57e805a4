#pragma once

#include <memory>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "absl/synchronization/mutex.h"
#include "absl/time/time.h"
#include "libs/base/interruption.h"

namespace xiufu::delivery {

struct HttpAnswer {
  int status = 0;
  std::string body;             // at most 64 KiB
  int retry_after_seconds = 0;  // 0: not said
};

// Calls to one base URL, over libcurl. Connections are kept and reused. Thread-safe. The token goes
// into a header and nowhere else. No proxy of the environment and no redirect is followed: the
// address is the configured one.
class HttpClient {
 public:
  // `interruption` ends calls within a second when it is stopped; nullptr: nothing does.
  HttpClient(std::string base_url, std::string token, const Interruption* interruption = nullptr);
  ~HttpClient();
  HttpClient(const HttpClient&) = delete;
  HttpClient& operator=(const HttpClient&) = delete;

  // UNAVAILABLE when there was no whole answer within `timeout`: whether the request arrived is
  // then unknown.
  absl::StatusOr<HttpAnswer> Get(absl::string_view path, absl::Duration timeout);
  absl::StatusOr<HttpAnswer> PostJson(absl::string_view path, const std::string& json,
                                      absl::Duration timeout);

 private:
  class Handle;
  absl::StatusOr<HttpAnswer> Call(absl::string_view path, const std::string* json,
                                  absl::Duration timeout);
  std::unique_ptr<Handle> Take();
  void GiveBack(std::unique_ptr<Handle> handle);

  const std::string base_url_;
  const std::string token_;
  const Interruption* const interruption_;
  absl::Mutex mutex_;
  std::vector<std::unique_ptr<Handle>> idle_ ABSL_GUARDED_BY(mutex_);
};

}  // namespace xiufu::delivery
