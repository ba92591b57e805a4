#include "services/department_adapter/domain/content_hash.h"

#include "absl/strings/str_cat.h"
#include "libs/base/id.h"

namespace xiufu::department {

ContentHash& ContentHash::Add(absl::string_view text) {
  absl::StrAppend(&bytes_, text.size(), ":", text);
  return *this;
}

ContentHash& ContentHash::Add(int64_t number) {
  absl::StrAppend(&bytes_, "#", number, ";");
  return *this;
}

std::string ContentHash::Finish() const { return Sha256(bytes_); }

}  // namespace xiufu::department
