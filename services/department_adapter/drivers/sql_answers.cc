#include "services/department_adapter/drivers/sql_answers.h"

#include "services/department_adapter/drivers/answer_codec.h"

namespace xiufu::department {

std::optional<std::string> SqlAnswers::FingerprintOf(storage::Session& session,
                                                     absl::string_view authority_code,
                                                     absl::string_view answer_id) const {
  storage::Query query =
      session.Sql("SELECT fingerprint FROM answer WHERE authority_code = ? AND answer_id = ?",
                  authority_code, answer_id);
  if (!query.Next()) return std::nullopt;
  return std::string(query.Blob(0));
}

void SqlAnswers::Insert(storage::Tx& tx, absl::string_view authority_code, const Answer& answer,
                        absl::Time received_at) const {
  const std::string fingerprint = Fingerprint(answer);
  const std::string content = ToProto(answer).SerializeAsString();
  tx.Run(
      "INSERT INTO answer (authority_code, answer_id, task, fingerprint, content, received_at)"
      " VALUES (?, ?, ?, ?, ?, ?)",
      authority_code, answer.answer_id, answer.task, storage::Blob{fingerprint},
      storage::Blob{content}, received_at);
}

}  // namespace xiufu::department
