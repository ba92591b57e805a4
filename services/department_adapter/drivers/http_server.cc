#include "services/department_adapter/drivers/http_server.h"

#include <httplib.h>
#include <openssl/crypto.h>

#include <algorithm>
#include <atomic>
#include <cerrno>
#include <fstream>
#include <system_error>
#include <thread>

#include "absl/strings/ascii.h"
#include "absl/strings/escaping.h"
#include "absl/strings/match.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "services/department_adapter/drivers/http_connections.h"

namespace xiufu::department {
namespace {

constexpr uint64_t kMaxBody = 256 * 1024;
// Far fewer than threads: whoever waits for intake keeps no answer out.
constexpr int kIntakeTurns = 4;
constexpr char kAnswers[] = "/v1/answers";
constexpr char kJson[] = "application/json; charset=utf-8";

bool SameSecret(absl::string_view a, absl::string_view b) {
  return a.size() == b.size() && CRYPTO_memcmp(a.data(), b.data(), a.size()) == 0;
}

void Send(const HttpReply& reply, httplib::Response& response) {
  response.status = reply.status;
  if (reply.status == 503) response.set_header("Retry-After", "1");
  response.set_content(reply.body, kJson);
}

void Refuse(int status, absl::string_view reason, httplib::Response& response) {
  HttpReply reply = ErrorReply(absl::InvalidArgumentError(reason));
  reply.status = status;
  Send(reply, response);
}

// Reads the body of an answer when it may be read; else the request is answered.
bool ReadBody(const httplib::Request& request, const httplib::ContentReader& reader,
              std::string& body, httplib::Response& out) {
  const std::string length = request.get_header_value("Content-Length");
  uint64_t bytes = 0;
  if (request.has_header("Transfer-Encoding") ||
      request.get_header_value_count("Content-Length") != 1 || length.empty() ||
      !std::all_of(length.begin(), length.end(), absl::ascii_isdigit)) {
    Refuse(411, "a Content-Length is needed", out);
  } else if (!absl::SimpleAtoi(length, &bytes) || bytes > kMaxBody) {
    Refuse(413, "at most 256 KiB", out);
  } else if (request.has_header("Content-Encoding") || request.is_multipart_form_data()) {
    // Compressed ones could be of any size once unpacked.
    Refuse(415, "JSON is needed, as it is", out);
  } else if (!reader([&body](const char* data, size_t size) {
               body.append(data, size);
               return true;
             })) {
    Refuse(408, "the body did not come in time", out);
  } else {
    return true;
  }
  return false;
}

// One of the few that may ask intake now, or not granted.
class IntakeTurn {
 public:
  explicit IntakeTurn(std::atomic<int>& taken)
      : taken_(taken), granted_(taken.fetch_add(1) < kIntakeTurns) {}
  IntakeTurn(const IntakeTurn&) = delete;
  ~IntakeTurn() { taken_.fetch_sub(1); }
  bool granted() const { return granted_; }

 private:
  std::atomic<int>& taken_;
  const bool granted_;
};

void SendFile(const MaterialFile& file, httplib::Response& response) {
  auto stream = std::make_shared<std::ifstream>(file.path, std::ios::binary);
  if (!stream->is_open()) return Send(ErrorReply(absl::UnavailableError("cache")), response);
  response.set_header("Digest", absl::StrCat("sha-256=", absl::Base64Escape(file.sha256)));
  response.set_content_provider(
      static_cast<size_t>(file.size), file.media_type,
      [stream](size_t offset, size_t length, httplib::DataSink& sink) {
        char buffer[64 * 1024];
        stream->seekg(static_cast<std::streamoff>(offset));
        stream->read(buffer, static_cast<std::streamsize>(std::min(length, sizeof(buffer))));
        return stream->gcount() > 0 && sink.write(buffer, static_cast<size_t>(stream->gcount()));
      });
}

}  // namespace

class HttpServer::Impl {
 public:
  Impl(const Options& options, const HttpApi* api) : options_(options), api_(api) {
    // Answers are written in two pieces: without this the second waits for the peer's delayed
    // acknowledgement.
    server_.set_tcp_nodelay(true);
    // cpp-httplib reads bodies before it looks for who wants them.
    server_.set_pre_routing_handler([](const httplib::Request& request, httplib::Response& out) {
      if (request.method == "GET" || request.method == "HEAD" ||
          (request.method == "POST" && request.path == kAnswers)) {
        return httplib::Server::HandlerResponse::Unhandled;
      }
      out.status = 404;
      return httplib::Server::HandlerResponse::Handled;
    });
    server_.set_error_handler([](const httplib::Request&, httplib::Response& out) {
      if (out.body.empty()) Refuse(out.status, out.status == 404 ? "not served" : "malformed", out);
    });
    server_.set_exception_handler(
        [](const httplib::Request&, httplib::Response& response, const std::exception_ptr&) {
          Send(ErrorReply(absl::InternalError("exception")), response);
        });
    Route();
  }

  absl::Status Start() {
    const size_t colon = options_.listen.rfind(':');
    int port = 0;
    if (colon == std::string::npos ||
        !absl::SimpleAtoi(absl::string_view(options_.listen).substr(colon + 1), &port)) {
      return absl::InvalidArgumentError(absl::StrCat(options_.listen, " is no host:port"));
    }
    port_ = server_.Bind(options_.listen.substr(0, colon), port);
    if (port_ <= 0) {
      return absl::UnavailableError(absl::StrCat("cannot listen on ", options_.listen, ": ",
                                                 std::generic_category().message(errno)));
    }
    thread_ = std::thread([this] { server_.listen_after_bind(); });
    // Stopping a server that does not run yet would be without effect.
    while (!server_.is_running()) std::this_thread::yield();
    return absl::OkStatus();
  }

  void Stop() {
    if (!thread_.joinable()) return;
    server_.StopConnections();
    server_.stop();
    thread_.join();
  }

  int port() const { return port_; }

 private:
  void Route() {
    server_.Post(kAnswers, [this](const httplib::Request& request, httplib::Response& out,
                                  const httplib::ContentReader& reader) {
      std::string body;
      const std::string* authority = AuthorityOf(request, out);
      if (authority != nullptr && ReadBody(request, reader, body, out)) {
        Send(api_->PostAnswer(*authority, body), out);
      }
    });
    server_.Get(R"(/v1/tasks/([^/]+))",
                [this](const httplib::Request& request, httplib::Response& out) {
                  if (const std::string* authority = AuthorityOf(request, out)) {
                    GetTask(*authority, request, out);
                  }
                });
    server_.Get(R"(/v1/tasks/([^/]+)/materials/([^/]+))",
                [this](const httplib::Request& request, httplib::Response& out) {
                  if (const std::string* authority = AuthorityOf(request, out)) {
                    GetMaterial(*authority, request, out);
                  }
                });
  }

  void GetTask(const std::string& authority, const httplib::Request& request,
               httplib::Response& out) {
    const IntakeTurn turn(asking_intake_);
    Send(turn.granted() ? api_->GetTask(authority, request.matches[1])
                        : ErrorReply(absl::ResourceExhaustedError("intake is being asked")),
         out);
  }

  void GetMaterial(const std::string& authority, const httplib::Request& request,
                   httplib::Response& out) {
    const IntakeTurn turn(asking_intake_);
    if (!turn.granted())
      return Send(ErrorReply(absl::ResourceExhaustedError("intake is being asked")), out);
    absl::StatusOr<MaterialFile> file =
        api_->GetMaterial(authority, request.matches[1], request.matches[2]);
    file.ok() ? SendFile(*file, out) : Send(ErrorReply(file.status()), out);
  }

  // Whose token the request carries; nullptr when nobody's, and then it is answered.
  const std::string* AuthorityOf(const httplib::Request& request, httplib::Response& out) const {
    constexpr absl::string_view kScheme = "Bearer ";
    const std::string header = request.get_header_value("Authorization");
    const std::string* found = nullptr;
    if (absl::StartsWith(header, kScheme)) {
      const absl::string_view token = absl::string_view(header).substr(kScheme.size());
      for (const auto& [code, known] : options_.tokens) {
        if (SameSecret(token, known)) found = &code;
      }
    }
    if (found == nullptr) {
      out.set_header("WWW-Authenticate", "Bearer");
      Send(ErrorReply(absl::UnauthenticatedError("a valid bearer token is needed")), out);
    }
    return found;
  }

  const Options options_;
  const HttpApi* const api_;
  HttpConnections server_;
  std::atomic<int> asking_intake_ = 0;
  int port_ = 0;
  std::thread thread_;
};

HttpServer::HttpServer(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
HttpServer::~HttpServer() { Stop(); }

absl::StatusOr<std::unique_ptr<HttpServer>> HttpServer::Start(const Options& options,
                                                              const HttpApi* api) {
  auto impl = std::make_unique<Impl>(options, api);
  if (absl::Status status = impl->Start(); !status.ok()) return status;
  return std::unique_ptr<HttpServer>(new HttpServer(std::move(impl)));
}

void HttpServer::Stop() { impl_->Stop(); }
int HttpServer::port() const { return impl_->port(); }

}  // namespace xiufu::department
