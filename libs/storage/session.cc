#include "libs/storage/session.h"

#include <algorithm>
#include <array>
#include <utility>

#include "libs/storage/connection.h"
#include "libs/storage/sqlite_status.h"

namespace xiufu::storage {

Query::Query(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
Query::Query(Query&& other) noexcept = default;

Query::~Query() {
  if (impl_ != nullptr) Connection::GiveBack(std::move(impl_));
}

bool Query::Next() {
  if (impl_ == nullptr || !impl_->session->status_.ok()) return false;
  const int code = sqlite3_step(impl_->statement);
  if (code == SQLITE_ROW) return true;
  if (code != SQLITE_DONE) impl_->session->Fail(code, impl_->sql);
  // A statement at its end would start over at the next step.
  Connection::GiveBack(std::move(impl_));
  return false;
}

// After the end or an error there is no row: everything reads as NULL.
bool Query::IsNull(int column) const {
  return impl_ == nullptr || sqlite3_column_type(impl_->statement, column) == SQLITE_NULL;
}

int64_t Query::Int(int column) const {
  return impl_ == nullptr ? 0 : sqlite3_column_int64(impl_->statement, column);
}

absl::string_view Query::Text(int column) const {
  if (impl_ == nullptr) return {};
  const auto* text = reinterpret_cast<const char*>(sqlite3_column_text(impl_->statement, column));
  const int size = sqlite3_column_bytes(impl_->statement, column);
  return text == nullptr ? absl::string_view() : absl::string_view(text, static_cast<size_t>(size));
}

absl::string_view Query::Blob(int column) const {
  if (impl_ == nullptr) return {};
  const auto* bytes = static_cast<const char*>(sqlite3_column_blob(impl_->statement, column));
  const int size = sqlite3_column_bytes(impl_->statement, column);
  return bytes == nullptr ? absl::string_view()
                          : absl::string_view(bytes, static_cast<size_t>(size));
}

Id Query::IdAt(int column) const {
  const absl::string_view bytes = Blob(column);
  std::array<uint8_t, Id::kSize> id{};
  if (bytes.size() == id.size()) std::copy(bytes.begin(), bytes.end(), id.begin());
  return Id(id);
}

absl::Time Query::TimeAt(int column) const {
  return IsNull(column) ? absl::InfinitePast() : absl::FromUnixMillis(Int(column));
}

Query Session::Start(const char* sql, std::initializer_list<Value> values) {
  if (!status_.ok()) return Query(nullptr);
  int code = SQLITE_OK;
  auto statement = connection_->Acquire(sql, values, Connection::Lifetime::kCall, &code);
  if (statement == nullptr) {
    Fail(code, sql);
    return Query(nullptr);
  }
  statement->session = this;
  return Query(std::move(statement));
}

void Session::Fail(int code, const char* sql) {
  if (!status_.ok()) return;
  status_ = SqliteStatus(connection_->db(), code, sql);
  code_ = code;
  fatal_ = EndsTransaction(code) || !connection_->InTransaction();
}

void Session::Fail(absl::Status status) {
  if (status_.ok()) status_ = std::move(status);
}

}  // namespace xiufu::storage
