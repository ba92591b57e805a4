#include "libs/rpc/doorkeeper.h"

#include <google/protobuf/descriptor.h>

#include <algorithm>
#include <string>
#include <utility>

#include "absl/strings/match.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "libs/base/status.h"
#include "libs/observability/metrics.h"
#include "libs/rpc/status.h"

namespace xiufu::rpc {
namespace {

using Metadata = std::multimap<grpc::string_ref, grpc::string_ref>;

constexpr char kTokenKey[] = "authorization";
constexpr absl::string_view kBearer = "Bearer ";
// A client's "60 s" arrives rounded up.
constexpr absl::Duration kLongestDeadline = absl::Seconds(61);

absl::string_view View(const grpc::string_ref& text) { return {text.data(), text.size()}; }

absl::string_view Find(const Metadata& metadata, const char* key) {
  const auto found = metadata.find(key);
  return found == metadata.end() ? absl::string_view() : View(found->second);
}

// Empty when the call has no token, or more than one, or an unknown one.
std::string PrincipalIn(const Metadata& metadata, const Tokens& tokens) {
  if (metadata.count(kTokenKey) != 1) return "";
  absl::string_view value = Find(metadata, kTokenKey);
  if (!absl::StartsWith(value, kBearer)) return "";
  value.remove_prefix(kBearer.size());
  return tokens.PrincipalFor(std::string(value));
}

// grpc-timeout: up to 8 digits and a unit. InfiniteDuration when there is none.
absl::Duration TimeoutIn(const Metadata& metadata) {
  const absl::string_view text = Find(metadata, "grpc-timeout");
  int64_t number = 0;
  if (text.size() < 2 || !absl::SimpleAtoi(text.substr(0, text.size() - 1), &number)) {
    return absl::InfiniteDuration();
  }
  switch (text.back()) {
    case 'n':
      return absl::Nanoseconds(number);
    case 'u':
      return absl::Microseconds(number);
    case 'm':
      return absl::Milliseconds(number);
    case 'S':
      return absl::Seconds(number);
    case 'M':
      return absl::Minutes(number);
    case 'H':
      return absl::Hours(number);
    default:
      return absl::InfiniteDuration();
  }
}

// ":path" is "/package.Service/Method". Methods that no contract here knows are the server's to
// refuse.
bool IsUnary(absl::string_view path) {
  if (path.empty()) return false;
  std::string name(path.substr(1));
  std::replace(name.begin(), name.end(), '/', '.');
  const auto* method = google::protobuf::DescriptorPool::generated_pool()->FindMethodByName(name);
  return method != nullptr && !method->client_streaming() && !method->server_streaming();
}

observability::Counter& Refused(const char* reason) {
  return observability::CounterOf("xiufu_rpc_refused_total",
                                  "Calls refused before any handler saw them.",
                                  {{"reason", reason}});
}

class Doorkeeper final : public grpc::AuthMetadataProcessor {
 public:
  explicit Doorkeeper(const Tokens* tokens) : tokens_(tokens) {}

  bool IsBlocking() const override { return false; }

  grpc::Status Process(const InputMetadata& metadata, grpc::AuthContext* /*context*/,
                       OutputMetadata* /*consumed*/, OutputMetadata* /*response*/) override {
    if (PrincipalIn(metadata, *tokens_).empty()) {
      refused_token_.Add(1);
      return {grpc::StatusCode::UNAUTHENTICATED,
              "UNAUTHENTICATED: a known token is needed, as metadata authorization: Bearer"};
    }
    if (IsUnary(Find(metadata, ":path")) && TimeoutIn(metadata) > kLongestDeadline) {
      refused_deadline_.Add(1);
      return {grpc::StatusCode::INVALID_ARGUMENT,
              "DEADLINE_REQUIRED: a unary call needs a deadline at most 60 s away"};
    }
    return grpc::Status::OK;
  }

 private:
  const Tokens* const tokens_;
  observability::Counter& refused_token_ = Refused("UNAUTHENTICATED");
  observability::Counter& refused_deadline_ = Refused("DEADLINE_REQUIRED");
};

class PrincipalNamer final : public grpc::experimental::Interceptor {
 public:
  explicit PrincipalNamer(const Tokens* tokens) : tokens_(tokens) {}

  void Intercept(grpc::experimental::InterceptorBatchMethods* methods) override {
    using grpc::experimental::InterceptionHookPoints;
    if (methods->QueryInterceptionHookPoint(InterceptionHookPoints::POST_RECV_INITIAL_METADATA)) {
      Metadata* metadata = methods->GetRecvInitialMetadata();
      principal_ = PrincipalIn(*metadata, *tokens_);
      metadata->erase(kTokenKey);
      metadata->erase(kPrincipalKey);  // whatever the caller may have called itself
      metadata->emplace(kPrincipalKey, principal_);
    }
    methods->Proceed();
  }

 private:
  const Tokens* const tokens_;
  std::string principal_;  // the metadata only refers to it
};

// gRPC 1.51 answers a single request that it cannot parse as it answers a method without a handler:
// UNIMPLEMENTED, with no word. Here it is seen as a received message that is none.
class MalformedRefuser final : public grpc::experimental::Interceptor {
 public:
  void Intercept(grpc::experimental::InterceptorBatchMethods* methods) override {
    using grpc::experimental::InterceptionHookPoints;
    if (methods->QueryInterceptionHookPoint(InterceptionHookPoints::POST_RECV_MESSAGE)) {
      malformed_ = methods->GetRecvMessage() == nullptr;
    }
    if (malformed_ &&
        methods->QueryInterceptionHookPoint(InterceptionHookPoints::PRE_SEND_STATUS)) {
      Refused("REQUEST_MALFORMED").Add(1);
      methods->ModifySendStatus(ToGrpc(
          WithReason(absl::InvalidArgumentError("the request cannot be parsed as the message that "
                                                "this method takes; texts must be UTF-8"),
                     "REQUEST_MALFORMED")));
    }
    methods->Proceed();
  }

 private:
  bool malformed_ = false;
};

template <typename Create>
class Factory final : public grpc::experimental::ServerInterceptorFactoryInterface {
 public:
  explicit Factory(Create create) : create_(std::move(create)) {}
  grpc::experimental::Interceptor* CreateServerInterceptor(
      grpc::experimental::ServerRpcInfo* info) override {
    return create_(*info);
  }

 private:
  const Create create_;
};

}  // namespace

std::shared_ptr<grpc::AuthMetadataProcessor> NewDoorkeeper(const Tokens* tokens) {
  return std::make_shared<Doorkeeper>(tokens);
}

std::unique_ptr<grpc::experimental::ServerInterceptorFactoryInterface> NewPrincipalNamer(
    const Tokens* tokens) {
  auto create = [tokens](const grpc::experimental::ServerRpcInfo&) {
    return new PrincipalNamer(tokens);
  };
  return std::make_unique<Factory<decltype(create)>>(create);
}

std::unique_ptr<grpc::experimental::ServerInterceptorFactoryInterface> NewMalformedRefuser() {
  using Type = grpc::experimental::ServerRpcInfo::Type;
  // Where requests are streamed, a message that is none is the stream's end.
  auto create = [](const grpc::experimental::ServerRpcInfo& info) -> MalformedRefuser* {
    const bool one_request = info.type() == Type::UNARY || info.type() == Type::SERVER_STREAMING;
    return one_request ? new MalformedRefuser : nullptr;
  };
  return std::make_unique<Factory<decltype(create)>>(create);
}

}  // namespace xiufu::rpc
