#include "services/department_adapter/drivers/http_server.h"

#include <httplib.h>
#include <openssl/crypto.h>

#include <algorithm>
#include <fstream>
#include <thread>

#include "absl/strings/escaping.h"
#include "absl/strings/match.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"

namespace xiufu::department {
namespace {

constexpr size_t kMaxBody = 256 * 1024;
constexpr time_t kTimeoutSeconds = 3;
constexpr size_t kThreads = 8;
constexpr char kJson[] = "application/json; charset=utf-8";

bool SameSecret(absl::string_view a, absl::string_view b) {
  return a.size() == b.size() && CRYPTO_memcmp(a.data(), b.data(), a.size()) == 0;
}

void Send(const HttpReply& reply, httplib::Response& response) {
  response.status = reply.status;
  if (reply.status == 503) response.set_header("Retry-After", "1");
  response.set_content(reply.body, kJson);
}

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
    server_.set_payload_max_length(kMaxBody);
    server_.set_read_timeout(kTimeoutSeconds);
    server_.set_write_timeout(kTimeoutSeconds);
    // One request a connection: an idle kept one would hold a thread.
    server_.set_keep_alive_max_count(1);
    // Answers are written in two pieces: without this the second waits for the peer's delayed
    // acknowledgement.
    server_.set_tcp_nodelay(true);
    server_.new_task_queue = [] { return new httplib::ThreadPool(kThreads); };
    // Compressed bodies could be of any size once unpacked; refused before they are read.
    server_.set_pre_routing_handler([](const httplib::Request& request, httplib::Response& out) {
      if (!request.has_header("Content-Encoding"))
        return httplib::Server::HandlerResponse::Unhandled;
      out.status = 415;
      return httplib::Server::HandlerResponse::Handled;
    });
    server_.set_error_handler([](const httplib::Request&, httplib::Response& out) {
      if (out.body.empty())
        out.set_content(R"({"error":{"field":"","reason":"not served"}})", kJson);
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
    const std::string host = options_.listen.substr(0, colon);
    port_ = port != 0 ? port : server_.bind_to_any_port(host);
    if (port != 0 ? !server_.bind_to_port(host, port) : port_ <= 0) {
      return absl::UnavailableError(absl::StrCat("cannot listen on ", options_.listen));
    }
    thread_ = std::thread([this] { server_.listen_after_bind(); });
    // Stopping a server that does not run yet would be without effect.
    while (!server_.is_running()) std::this_thread::yield();
    return absl::OkStatus();
  }

  void Stop() {
    if (!thread_.joinable()) return;
    server_.stop();
    thread_.join();
  }

  int port() const { return port_; }

 private:
  void Route() {
    server_.Post("/v1/answers", [this](const httplib::Request& request, httplib::Response& out) {
      if (const std::string* authority = AuthorityOf(request, out)) {
        Send(api_->PostAnswer(*authority, request.body), out);
      }
    });
    server_.Get(R"(/v1/tasks/([^/]+))",
                [this](const httplib::Request& request, httplib::Response& out) {
                  if (const std::string* authority = AuthorityOf(request, out)) {
                    Send(api_->GetTask(*authority, request.matches[1]), out);
                  }
                });
    server_.Get(R"(/v1/tasks/([^/]+)/materials/([^/]+))",
                [this](const httplib::Request& request, httplib::Response& out) {
                  if (const std::string* authority = AuthorityOf(request, out)) {
                    GetMaterial(*authority, request, out);
                  }
                });
  }

  void GetMaterial(const std::string& authority, const httplib::Request& request,
                   httplib::Response& out) {
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
  httplib::Server server_;
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
