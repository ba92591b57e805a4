#include "libs/delivery/http_client.h"

#include <curl/curl.h>

#include <algorithm>
#include <utility>

#include "absl/strings/match.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"

namespace xiufu::delivery {
namespace {

constexpr size_t kMaxAnswer = 64 * 1024;
constexpr long kConnectMillis = 3000;

void InitCurlOnce() {
  static const CURLcode done = curl_global_init(CURL_GLOBAL_DEFAULT);
  (void)done;
}

// Returning less than was given makes libcurl end the transfer.
size_t CollectBody(char* data, size_t size, size_t count, void* body) {
  auto& collected = *static_cast<std::string*>(body);
  if (collected.size() + size * count > kMaxAnswer) return 0;
  collected.append(data, size * count);
  return size * count;
}

// Called about once a second while nothing moves. Returning 1 makes libcurl end the transfer.
int IsInterrupted(void* interruption, curl_off_t, curl_off_t, curl_off_t, curl_off_t) {
  return static_cast<const Interruption*>(interruption)->stopped() ? 1 : 0;
}

std::string WithoutSlash(std::string url) {
  while (absl::EndsWith(url, "/")) url.pop_back();
  return url;
}

}  // namespace

class HttpClient::Handle {
 public:
  Handle() : curl_(curl_easy_init()) {}
  ~Handle() { curl_easy_cleanup(curl_); }
  Handle(const Handle&) = delete;
  Handle& operator=(const Handle&) = delete;

  absl::StatusOr<HttpAnswer> Call(const std::string& url, const std::string& token,
                                  const std::string* json, absl::Duration timeout,
                                  const Interruption* interruption) {
    curl_easy_reset(curl_);  // keeps the connections
    HttpAnswer answer;
    curl_slist* headers = Headers(token);
    Prepare(url, json, timeout, headers, answer);
    if (interruption != nullptr) Watch(*interruption);
    const CURLcode result = curl_easy_perform(curl_);
    curl_slist_free_all(headers);
    if (result != CURLE_OK) {
      return absl::UnavailableError(absl::StrCat("no answer: ", curl_easy_strerror(result)));
    }
    long status = 0;
    curl_easy_getinfo(curl_, CURLINFO_RESPONSE_CODE, &status);
    curl_off_t retry_after = 0;
    curl_easy_getinfo(curl_, CURLINFO_RETRY_AFTER, &retry_after);
    answer.status = static_cast<int>(status);
    answer.retry_after_seconds = static_cast<int>(std::clamp<curl_off_t>(retry_after, 0, 3600));
    return answer;
  }

 private:
  static curl_slist* Headers(const std::string& token) {
    curl_slist* headers = curl_slist_append(nullptr, "Accept: application/json");
    headers = curl_slist_append(headers, "Content-Type: application/json; charset=utf-8");
    headers = curl_slist_append(headers, "Expect:");  // no round trip before a body
    return curl_slist_append(headers, absl::StrCat("Authorization: Bearer ", token).c_str());
  }

  void Watch(const Interruption& interruption) {
    curl_easy_setopt(curl_, CURLOPT_NOPROGRESS, 0L);
    curl_easy_setopt(curl_, CURLOPT_XFERINFOFUNCTION, IsInterrupted);
    curl_easy_setopt(curl_, CURLOPT_XFERINFODATA, &interruption);
  }

  void Prepare(const std::string& url, const std::string* json, absl::Duration timeout,
               curl_slist* headers, HttpAnswer& answer) {
    curl_easy_setopt(curl_, CURLOPT_URL, url.c_str());
    curl_easy_setopt(curl_, CURLOPT_PROTOCOLS_STR, "http,https");
    curl_easy_setopt(curl_, CURLOPT_PROXY, "");
    curl_easy_setopt(curl_, CURLOPT_FOLLOWLOCATION, 0L);
    curl_easy_setopt(curl_, CURLOPT_NOSIGNAL, 1L);
    curl_easy_setopt(curl_, CURLOPT_HTTPHEADER, headers);
    curl_easy_setopt(curl_, CURLOPT_WRITEFUNCTION, CollectBody);
    curl_easy_setopt(curl_, CURLOPT_WRITEDATA, &answer.body);
    // 0 would mean no limit at all.
    const auto millis = static_cast<long>(std::max<int64_t>(1, absl::ToInt64Milliseconds(timeout)));
    curl_easy_setopt(curl_, CURLOPT_TIMEOUT_MS, millis);
    curl_easy_setopt(curl_, CURLOPT_CONNECTTIMEOUT_MS, std::min(millis, kConnectMillis));
    if (json == nullptr) return;
    curl_easy_setopt(curl_, CURLOPT_POST, 1L);
    curl_easy_setopt(curl_, CURLOPT_POSTFIELDS, json->data());
    curl_easy_setopt(curl_, CURLOPT_POSTFIELDSIZE_LARGE, static_cast<curl_off_t>(json->size()));
  }

  CURL* const curl_;
};

HttpClient::HttpClient(std::string base_url, std::string token, const Interruption* interruption)
    : base_url_(WithoutSlash(std::move(base_url))),
      token_(std::move(token)),
      interruption_(interruption) {
  InitCurlOnce();
}

HttpClient::~HttpClient() = default;

absl::StatusOr<HttpAnswer> HttpClient::Get(absl::string_view path, absl::Duration timeout) {
  return Call(path, nullptr, timeout);
}

absl::StatusOr<HttpAnswer> HttpClient::PostJson(absl::string_view path, const std::string& json,
                                                absl::Duration timeout) {
  return Call(path, &json, timeout);
}

absl::StatusOr<HttpAnswer> HttpClient::Call(absl::string_view path, const std::string* json,
                                            absl::Duration timeout) {
  std::unique_ptr<Handle> handle = Take();
  absl::StatusOr<HttpAnswer> answer =
      handle->Call(absl::StrCat(base_url_, path), token_, json, timeout, interruption_);
  GiveBack(std::move(handle));
  return answer;
}

std::unique_ptr<HttpClient::Handle> HttpClient::Take() {
  absl::MutexLock lock(&mutex_);
  if (idle_.empty()) return std::make_unique<Handle>();
  std::unique_ptr<Handle> handle = std::move(idle_.back());
  idle_.pop_back();
  return handle;
}

void HttpClient::GiveBack(std::unique_ptr<Handle> handle) {
  absl::MutexLock lock(&mutex_);
  idle_.push_back(std::move(handle));
}

}  // namespace xiufu::delivery
