#pragma once

namespace xiufu::catalogue {

// What starts the clock of a deadline.
inline constexpr char kSubmitted[] = "SUBMITTED";                    // to this suite
inline constexpr char kReceivedUpstream[] = "RECEIVED_UPSTREAM";     // by the door that pushed it
inline constexpr char kPreCheckBegun[] = "PRE_CHECK";                // a reviewer has the case
inline constexpr char kTaskGiven[] = "TASK_GIVEN";                   // to the authority's adapter
inline constexpr char kPushedToAuthority[] = "PUSHED_TO_AUTHORITY";  // its system acknowledged it
inline constexpr char kAcceptedByAuthority[] = "ACCEPTED";
inline constexpr char kSupplementRequested[] = "SUPPLEMENT_REQUESTED";
inline constexpr char kSupplementComplete[] = "SUPPLEMENT_COMPLETE";  // begins anew with it
inline constexpr char kDecideDue[] = "DECIDE_DUE";  // the end of the period that is extended
inline constexpr char kDecided[] = "DECIDED";
inline constexpr char kResultReceived[] = "RESULT_RECEIVED";  // the decision is in the ledger
inline constexpr char kOrderIssued[] = "ORDER_ISSUED";        // a supervision order (督办单)
// Of rows from before the events above were told apart, which stores keep; and of what is not
// pushed to anybody.
inline constexpr char kReceived[] = "RECEIVED";

}  // namespace xiufu::catalogue
