#include "services/department_adapter/drivers/http_api.h"

#include <nlohmann/json.hpp>
#include <optional>
#include <utility>
#include <vector>

#include "libs/base/crash_point.h"
#include "libs/base/status.h"
#include "libs/observability/log.h"
#include "services/department_adapter/app/papers.h"
#include "services/department_adapter/drivers/answer_codec.h"
#include "services/department_adapter/drivers/task_json.h"

namespace xiufu::department {
namespace {

// Shorter than what HTTP clients usually wait.
constexpr absl::Duration kIntakeLimit = absl::Seconds(8);

int HttpStatusOf(absl::StatusCode code) {
  switch (code) {
    case absl::StatusCode::kInvalidArgument:
      return 400;
    case absl::StatusCode::kUnauthenticated:
      return 401;
    case absl::StatusCode::kPermissionDenied:
      return 403;
    case absl::StatusCode::kNotFound:
      return 404;
    case absl::StatusCode::kAlreadyExists:
      return 409;
    case absl::StatusCode::kUnavailable:
    case absl::StatusCode::kDeadlineExceeded:
    case absl::StatusCode::kResourceExhausted:
      return 503;
    default:
      return 500;
  }
}

}  // namespace

HttpReply ErrorReply(const absl::Status& status) {
  const int code = HttpStatusOf(status.code());
  std::string field;
  // Of our own failures nothing is told; they stand in the log.
  std::string reason = code >= 500 ? "not now, try again" : std::string(status.message());
  if (const std::vector<Violation> violations = ViolationsOf(status); !violations.empty()) {
    field = violations.front().field;
    reason = violations.front().description;
  }
  const nlohmann::json body = {{"error", {{"field", field}, {"reason", reason}}}};
  return {code, body.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace)};
}

HttpReply HttpApi::PostAnswer(const std::string& authority, absl::string_view body) const {
  absl::StatusOr<Answer> answer = ParseAnswerJson(body);
  if (!answer.ok()) return ErrorReply(answer.status());
  const absl::Time received_at = absl::FromUnixMillis(absl::ToUnixMillis(parts_.clock->Now()));
  const absl::Status status = parts_.database->WriteAndWait(
      [&](storage::Tx& tx) { return parts_.receive_answer(tx, authority, *answer, received_at); });
  if (!status.ok()) {
    observability::Log(observability::Level::kWarning, "answer_refused",
                       {{"authority", observability::Code(authority)},
                        {"task", answer->task},
                        {"status", status}});
    return ErrorReply(status);
  }
  CrashPoint("adapter.answer_stored");
  return {};
}

HttpReply HttpApi::GetTask(const std::string& authority, const std::string& task) const {
  absl::StatusOr<Task> found = FindTask(authority, task);
  if (!found.ok()) return ErrorReply(found.status());
  absl::StatusOr<ApplicationFile> file =
      GetFile(*found, *parts_.intake, parts_.clock->Now() + kIntakeLimit);
  // A file that intake lacks is our trouble, not a task that does not exist.
  if (!file.ok()) return ErrorReply(absl::UnavailableError(file.status().message()));
  return {200, TaskJson(*found, *file, parts_.public_url)};
}

absl::StatusOr<MaterialFile> HttpApi::GetMaterial(const std::string& authority,
                                                  const std::string& task,
                                                  const std::string& material) const {
  absl::StatusOr<Task> found = FindTask(authority, task);
  if (!found.ok()) return found.status();
  absl::StatusOr<Id> id = Id::Parse(material);
  if (!id.ok()) return absl::NotFoundError("no such material");
  std::optional<Material> paper;
  absl::Status status = parts_.database->Read([&](storage::Session& session) {
    paper = parts_.tasks->FindMaterial(session, found->id, *id);
    return session.status();
  });
  if (!status.ok()) return status;
  if (!paper) return absl::NotFoundError("no such material");
  status = EnsureMaterials(found->application, {*paper}, *parts_.intake, *parts_.cache,
                           parts_.clock->Now() + kIntakeLimit);
  if (!status.ok()) return absl::UnavailableError(status.message());
  return MaterialFile{parts_.cache->PathOf(paper->sha256), paper->size, paper->media_type,
                      paper->sha256};
}

absl::StatusOr<Task> HttpApi::FindTask(const std::string& authority,
                                       const std::string& task) const {
  absl::StatusOr<Id> id = Id::Parse(task);
  if (!id.ok()) return absl::NotFoundError("no such task");
  std::optional<StoredTask> stored;
  absl::Status status = parts_.database->Read([&](storage::Session& session) {
    stored = parts_.tasks->Find(session, *id);
    return session.status();
  });
  if (!status.ok()) return status;
  if (!stored) return absl::NotFoundError("no such task");
  if (stored->task.authority_code != authority) {
    return absl::PermissionDeniedError("the task is another authority's");
  }
  return std::move(stored->task);
}

}  // namespace xiufu::department
