#include "services/xiufuctl/management_client.h"

#include <curl/curl.h>

#include <memory>
#include <utility>

#include "absl/strings/str_cat.h"

namespace xiufu::ctl {
namespace {

constexpr long kTimeoutSeconds = 10;

size_t AppendBody(const char* data, size_t size, size_t count, void* body) {
  static_cast<std::string*>(body)->append(data, size * count);
  return size * count;
}

absl::Status StatusOfHttp(long code, absl::string_view address) {
  const std::string message = absl::StrCat(address, ": HTTP ", code);
  if (code == 200) return absl::OkStatus();
  if (code == 401 || code == 403) return absl::PermissionDeniedError(message);
  return absl::UnknownError(message);
}

}  // namespace

ManagementClient::ManagementClient(std::string url, std::string user, std::string password)
    : url_(std::move(url)), user_(std::move(user)), password_(std::move(password)) {}

absl::StatusOr<std::string> ManagementClient::Get(absl::string_view path) const {
  const std::unique_ptr<CURL, void (*)(CURL*)> curl(curl_easy_init(), curl_easy_cleanup);
  if (curl == nullptr) return absl::ResourceExhaustedError("no memory for a request");
  const std::string address = absl::StrCat(url_, "/api/", path);
  std::string body;
  curl_easy_setopt(curl.get(), CURLOPT_URL, address.c_str());
  curl_easy_setopt(curl.get(), CURLOPT_PROTOCOLS_STR, "http,https");
  curl_easy_setopt(curl.get(), CURLOPT_USERNAME, user_.c_str());
  curl_easy_setopt(curl.get(), CURLOPT_PASSWORD, password_.c_str());
  curl_easy_setopt(curl.get(), CURLOPT_TIMEOUT, kTimeoutSeconds);
  curl_easy_setopt(curl.get(), CURLOPT_NOSIGNAL, 1L);
  curl_easy_setopt(curl.get(), CURLOPT_WRITEFUNCTION, AppendBody);
  curl_easy_setopt(curl.get(), CURLOPT_WRITEDATA, &body);
  const CURLcode result = curl_easy_perform(curl.get());
  if (result != CURLE_OK) {
    return absl::UnavailableError(absl::StrCat(address, ": ", curl_easy_strerror(result)));
  }
  long code = 0;
  curl_easy_getinfo(curl.get(), CURLINFO_RESPONSE_CODE, &code);
  if (absl::Status status = StatusOfHttp(code, address); !status.ok()) return status;
  return body;
}

}  // namespace xiufu::ctl
