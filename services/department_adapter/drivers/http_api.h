#pragma once

#include <string>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "libs/base/clock.h"
#include "libs/storage/database.h"
#include "services/department_adapter/app/ports.h"
#include "services/department_adapter/app/receive_answer.h"
#include "services/department_adapter/drivers/disk_cache.h"

namespace xiufu::department {

// What an HTTP request is answered with.
struct HttpReply {
  int status = 200;
  std::string body = "{}";  // JSON
};

// A paper that is ready to be sent.
struct MaterialFile {
  std::string path;
  int64_t size = 0;
  std::string media_type;
  std::string sha256;  // 32 bytes
};

// What authorities may ask of the adapter over HTTP, without the HTTP: the caller has established
// which authority asks. Thread-safe; blocks for a commit or for intake.
class HttpApi {
 public:
  struct Parts {
    storage::Database* database = nullptr;
    const Clock* clock = nullptr;
    const Tasks* tasks = nullptr;
    IntakeFiles* intake = nullptr;
    DiskCache* cache = nullptr;
    ReceiveAnswer receive_answer;
    std::string public_url;
  };
  explicit HttpApi(Parts parts) : parts_(std::move(parts)) {}

  // POST /v1/answers. 200 means durable: a crash after it loses nothing.
  HttpReply PostAnswer(const std::string& authority, absl::string_view body) const;
  // GET /v1/tasks/{task}
  HttpReply GetTask(const std::string& authority, const std::string& task) const;
  // GET /v1/tasks/{task}/materials/{material}; fetched from intake where the cache lacks it.
  absl::StatusOr<MaterialFile> GetMaterial(const std::string& authority, const std::string& task,
                                           const std::string& material) const;

 private:
  absl::StatusOr<Task> FindTask(const std::string& authority, const std::string& task) const;

  const Parts parts_;
};

// {"error": {"field", "reason"}} under the HTTP status that `status` stands for.
HttpReply ErrorReply(const absl::Status& status);

}  // namespace xiufu::department
