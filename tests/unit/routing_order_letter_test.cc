// 督办单 on paper.
#include <gtest/gtest.h>

#include <optional>

#include "services/routing/drivers/order_letter.h"
#include "services/routing/drivers/order_letter_api.h"
#include "tests/unit/routing_rpc.h"
#include "tests/unit/routing_upstream.h"
#include "xiufu/routing/v1/order_letter.grpc.pb.h"

namespace xiufu::routing {
namespace {

using LetterStub = v1::OrderLetterService::Stub;

const catalogue::Messages& LetterMessages() {
  static const auto* const messages =
      new catalogue::Messages(*catalogue::Messages::Load("deploy/messages"));
  return *messages;
}

// Midnight of a day of June 2026 in Shanghai.
absl::Time LetterDay(int day) {
  return absl::FromCivil(absl::CivilDay(2026, 6, day), absl::FixedTimeZone(8 * 60 * 60));
}

class RoutingOrderLetter : public ::testing::Test {
 protected:
  void SetUp() override {
    RoutingRig rig(path());
    rig.Deliver({up_.Submitted(), up_.Delivered(1)});
    rig.clock().AdvanceTo(LetterDay(12));
    rig.RunDue();
    const catalogue::LawInForce law(ShippedLaw());
    const absl::Status issued = rig.database().WriteAndWait([&](storage::Tx& tx) {
      const auto order = IssueOrder(
          {up_.case_id(), "ACCEPT", "李某", "请说明逾期原因并于三日内办理", LetterDay(12)}, law,
          {DeriveId(up_.case_id(), "order", 0, PlaceOf(up_.case_id())), LetterDay(12),
           PlaceOf(up_.case_id()), ""},
          tx);
      if (order.ok()) order_ = *order;
      return order.status();
    });
    ASSERT_TRUE(issued.ok()) << issued;
  }
  std::string path() { return folder_.FilePath("store.db"); }

  TempFolder folder_;
  Upstream up_{RoutingRig::kStart};
  SupervisionOrder order_;
};

TEST_F(RoutingOrderLetter, IsPrintedOnRequestTheSameEveryTime) {
  RoutingRpc desk(
      path(),
      [](const ServiceParts& parts) { return NewOrderLetterService(parts, &LetterMessages()); },
      ShippedLaw(), LetterDay(13), {"operator", "portal"});
  v1::RenderOrderRequest request;
  request.set_number(order_.number);
  const auto letter = desk.Call(&LetterStub::RenderOrder, request, "operator");
  ASSERT_TRUE(letter.ok()) << letter.status();
  EXPECT_EQ(letter->content().substr(0, 5), "%PDF-");
  EXPECT_EQ(letter->file_name(), order_.number + ".pdf");
  desk.clock().AdvanceTo(LetterDay(20));
  EXPECT_EQ(desk.Call(&LetterStub::RenderOrder, request, "operator")->sha256(), letter->sha256());
  EXPECT_TRUE(
      absl::IsPermissionDenied(desk.Call(&LetterStub::RenderOrder, request, "portal").status()));
  request.set_number("DB0");
  EXPECT_TRUE(HasReason(desk.Call(&LetterStub::RenderOrder, request, "operator").status(),
                        "ORDER_NOT_FOUND"));
  request.clear_number();
  EXPECT_EQ(FieldsWrong(desk.Call(&LetterStub::RenderOrder, request, "operator").status()),
            std::vector<std::string>{"number"});
}

// All that stands in its fields and paragraphs.
std::string TextOf(const letter::Document& document) {
  std::string text;
  for (const letter::Block& block : document.blocks) {
    if (const auto* paragraph = std::get_if<letter::Paragraph>(&block)) text += paragraph->text;
    if (const auto* form = std::get_if<letter::Form>(&block)) {
      for (const auto& row : form->rows) {
        for (const letter::Field& field : row) text += field.label + field.value;
      }
    }
  }
  return text;
}

TEST_F(RoutingOrderLetter, SaysWhatIsAskedUntilWhenAndThatNothingIsDecidedByIt) {
  OrderLetterFacts facts{order_, "XYXF1", "丹东示例公司", "丹交罚〔2025〕1号", "辽宁省交通运输厅",
                         "办法"};
  std::string text = TextOf(OrderLetter(facts, LetterMessages()));
  for (const char* said :
       {"请说明逾期原因并于三日内办理", "答复期限2026年6月17日", "期限届满日2026年6月3日",
        "不因逾期视为同意或者不同意", "抄送：辽宁省交通运输厅", "决定是否受理", "答复人答复日期"}) {
    EXPECT_NE(text.find(said), std::string::npos) << said << "\n" << text;
  }
  facts.superior.clear();
  facts.order.reply = "已受理";
  facts.order.replied_by = "张某";
  facts.order.replied_at = LetterDay(16);
  text = TextOf(OrderLetter(facts, LetterMessages()));
  EXPECT_EQ(text.find("抄送"), std::string::npos);
  EXPECT_NE(text.find("答复人张某答复日期2026年6月16日"), std::string::npos) << text;
}

TEST(RoutingOrderLetterWords, EveryClockThatAnOrderMayBeAboutHasItsWords) {
  EXPECT_TRUE(CheckOrderLetterMessages(LetterMessages()).ok());
  for (const absl::string_view kind : kDeadlineKinds) {
    if (OwnerOf(kind) != ClockOwner::kAuthority) continue;
    EXPECT_TRUE(LetterMessages().Contains(absl::StrCat("ORDER_KIND_", kind))) << kind;
  }
}

}  // namespace
}  // namespace xiufu::routing
