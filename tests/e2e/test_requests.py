"""What the intake API refuses, and how: gRPC code, ErrorInfo, BadRequest. A refusal changes nothing."""

import os
import sys
import unittest
import uuid

import grpc

sys.path.insert(0, os.path.join(os.path.dirname(__file__), ".."))
from harness.portal_test import PortalTest, TODAY  # noqa: E402

from suite import feed, pdf  # noqa: E402

UNKNOWN = "00000000-0000-7000-8000-000000000001"


class RequestTest(PortalTest):
    @classmethod
    def ready(cls):
        super().ready()
        from xiufu.common.v1 import common_pb2
        cls.common = common_pb2

    def applications_of(self, who):
        return self.portal.list_applications(who.uscc).applications

    def applicant(self, **changes):
        return self.messages.Applicant(**{"name": "王测试", "phone": "0415-1234567",
                                          "capacity": self.common.CAPACITY_HANDLER, **changes})

    # request_id

    def test_same_request_gets_the_same_answer(self):
        who, records = self.subject_with_records()
        request_id = str(uuid.uuid4())
        first = self.portal.create(who.uscc, list(records.values()), request_id)
        self.assertEqual(self.portal.create(who.uscc, list(records.values()), request_id), first)
        self.assertEqual(len(self.applications_of(who)), 1)

        content, request_id = pdf.document(["一"]), str(uuid.uuid4())
        paper = self.portal.upload(first.name, "M2", "a.pdf", content, request_id)
        self.assertEqual(self.portal.upload(first.name, "M2", "a.pdf", content, request_id), paper)
        self.portal.upload(first.name, "M3", "b.pdf", content)

        request_id = str(uuid.uuid4())
        submitted = self.portal.submit(first.name, request_id)
        self.assertEqual(self.portal.submit(first.name, request_id), submitted)
        self.refused("FAILED_PRECONDITION", "APPLICATION_ALREADY_SUBMITTED", lambda: self.portal.submit(first.name))
        self.assertEqual(len(self.get(first).materials), 2)

    def test_other_request_under_a_used_id_is_refused(self):
        who, records = self.subject_with_records()
        record, other, _ = records.values()
        request_id = str(uuid.uuid4())
        draft = self.portal.create(who.uscc, [record], request_id)
        self.refused("ALREADY_EXISTS", "REQUEST_ID_REUSED",
                     lambda: self.portal.create(who.uscc, [other], request_id))
        self.assertEqual(len(self.applications_of(who)), 1)
        # Ids are scoped by method.
        self.portal.upload(draft.name, "M2", "a.pdf", pdf.document(["二"]), request_id)
        self.refused("ALREADY_EXISTS", "REQUEST_ID_REUSED",
                     lambda: self.portal.upload(draft.name, "M2", "a.pdf", pdf.document(["三"]), request_id))

    def test_refused_request_leaves_its_id_unused(self):
        who, records = self.subject_with_records()
        request_id = str(uuid.uuid4())
        self.refused("INVALID_ARGUMENT", None, lambda: self.portal.create(
            who.uscc, list(records.values()), request_id, applicant=self.applicant(phone="x")), "applicant.phone")
        self.portal.create(who.uscc, list(records.values()), request_id)

    def test_request_id_must_be_a_uuid(self):
        who, records = self.subject_with_records()
        for wrong in ("", "1", "not-a-uuid", UNKNOWN + "0"):
            self.refused("INVALID_ARGUMENT", None, lambda: self.portal.call(
                "CreateApplication", self.messages.CreateApplicationRequest(
                    request_id=wrong, subject_uscc=who.uscc, records=list(records.values()),
                    applicant=self.applicant())), "request_id")

    # records

    def test_record_has_one_open_application(self):
        self.suite.authority("transport").behave("silent")
        self.addCleanup(self.suite.authority("transport").behave, "approve")
        who, first = self.submitted(("transport",))
        second = self.draft(who, list(first.records))  # a draft takes no record
        refusal = self.refused("ALREADY_EXISTS", "RECORD_HAS_OPEN_APPLICATION", lambda: self.portal.submit(second.name))
        self.assertEqual(refusal.metadata["record"], first.records[0])
        self.assertEqual(self.get(second).state, self.messages.Application.DRAFT)

    def test_repaired_record_is_not_taken_again(self):
        who, draft = self.submitted()
        self.await_state(draft, "CONCLUDED")
        list(self.portal.watch(draft.name, draft.query_code))
        self.refused("FAILED_PRECONDITION", "RECORD_NOT_PUBLISHED",
                     lambda: self.portal.create(who.uscc, list(draft.records)))

    def test_unknown_records(self):
        who, _ = self.subject_with_records()
        self.refused("NOT_FOUND", "RECORD_NOT_FOUND", lambda: self.portal.create(who.uscc, [f"records/{UNKNOWN}"]))
        self.refused("NOT_FOUND", "RECORD_NOT_FOUND", lambda: self.portal.check(who.uscc, [f"records/{UNKNOWN}"]))
        self.assertEqual(len(self.applications_of(who)), 0)

    def test_another_subjects_record(self):
        who, _ = self.subject_with_records()
        other, theirs = self.subject_with_records()
        name = theirs["transport"]
        for call in (lambda: self.portal.create(who.uscc, [name]), lambda: self.portal.check(who.uscc, [name])):
            self.refused("INVALID_ARGUMENT", "RECORD_OF_ANOTHER_SUBJECT", call, "records[0]")
        self.assertEqual(len(self.applications_of(who)), 0)

    def test_record_whose_time_has_not_come(self):
        who = feed.subject(30_001)
        row = feed.repairable(who, TODAY, [self.by_code["transport"]], 9000)[1]
        row["CF_JDRQ"] = TODAY.isoformat()
        self.import_csv(feed.to_csv([row]))
        record, = self.portal.search(who.uscc)
        eligibility, = self.portal.check(who.uscc)
        self.assertEqual(eligibility.verdict, self.messages.Eligibility.NOT_YET)
        self.assertGreater(eligibility.earliest_date, TODAY.isoformat())
        states = {condition.id: condition.state for condition in eligibility.conditions}
        self.assertEqual(states["CONDITION_MINIMUM"], self.messages.Eligibility.Condition.NOT_MET)
        later, = self.portal.check(who.uscc, on_date=eligibility.earliest_date)
        self.assertEqual(later.verdict, self.messages.Eligibility.ELIGIBLE)
        draft = self.draft(who, [record.name])
        refusal = self.refused("FAILED_PRECONDITION", "RECORD_NOT_ELIGIBLE", lambda: self.portal.submit(draft.name))
        self.assertEqual(refusal.metadata["earliest_date"], eligibility.earliest_date)

    # codes and fields

    def test_wrong_codes(self):
        for wrong in ("", "1", "91210600MAYY00018", "91210600MAYY0001888", "91210600MAYY000188 ", "91210600MAYZ000188",
                      "91210600MAYY00018８"):
            self.refused("INVALID_ARGUMENT", None, lambda: self.portal.search(wrong), "uscc")
            self.refused("INVALID_ARGUMENT", None, lambda: self.portal.check(wrong), "uscc")
            self.refused("INVALID_ARGUMENT", None,
                         lambda: self.portal.create(wrong, [f"records/{UNKNOWN}"]), "subject_uscc")

    def test_lower_case_code_is_the_same_code(self):
        who, records = self.subject_with_records()
        self.assertEqual({r.name for r in self.portal.search(who.uscc.lower())}, set(records.values()))

    def test_genuine_code_that_does_not_conform_is_accepted_with_a_warning(self):
        who = feed.Subject("91350100M0001TGQXM", "校验位不符的真实代码（测试）")
        self.import_csv(feed.to_csv(feed.repairable(who, TODAY, [self.by_code["transport"]], 9100)[:1]))
        answer = self.portal.call("SearchRecords", self.messages.SearchRecordsRequest(uscc=who.uscc))
        self.assertEqual(len(answer.records), 1)
        self.assertTrue(answer.warning)
        self.portal.create(who.uscc, [answer.records[0].name])

    def test_every_wrong_field_is_told_at_once(self):
        self.refused(
            "INVALID_ARGUMENT", None, lambda: self.portal.create(
                "1", [], applicant=self.messages.Applicant(name="", phone="12"), one_thing_no="x" * 65,
                platform_no="x" * 65, region="999999"),
            "subject_uscc", "records", "applicant.name", "applicant.phone", "applicant.capacity", "one_thing_no",
            "platform_no", "region")

    def test_oversized_and_empty_fields(self):
        who, records = self.subject_with_records()
        names = list(records.values())
        for field, applicant in (("applicant.name", {"name": "王" * 51}), ("applicant.phone", {"phone": "1" * 21}),
                                 ("applicant.phone", {"phone": ""}), ("applicant.name", {"name": "a\u0000b"})):
            self.refused("INVALID_ARGUMENT", None, lambda: self.portal.create(
                who.uscc, names, applicant=self.applicant(**applicant)), field)
        self.portal.create(who.uscc, names, applicant=self.applicant(name="王" * 50, phone="1" * 20))
        self.refused("INVALID_ARGUMENT", None, lambda: self.portal.create(
            who.uscc, [f"records/{uuid.uuid4()}" for _ in range(51)]), "records")
        self.refused("INVALID_ARGUMENT", None, lambda: self.portal.create(who.uscc, [names[0], names[0]]), "records[1]")
        self.refused("INVALID_ARGUMENT", None, lambda: self.portal.create(who.uscc, ["record/1"]), "records[0]")
        self.refused("INVALID_ARGUMENT", None, lambda: self.portal.create(
            who.uscc, names, origin=self.common.Origin(channel="x" * 65)), "origin.channel")

    def test_a_request_beyond_the_limit_is_refused(self):
        with self.assertRaises(self.client.Refusal) as caught:
            self.portal.create("1" * (2 << 20), [])
        self.assertEqual(caught.exception.code, grpc.StatusCode.RESOURCE_EXHAUSTED)

    def test_upstream_number_is_unique_per_door(self):
        who, records = self.subject_with_records()
        origin = self.common.Origin(front_door=self.common.FRONT_DOOR_CREDIT_CHINA, channel="信用中国", upstream_no="U-1")
        self.portal.create(who.uscc, list(records.values()), origin=origin)
        refusal = self.refused("ALREADY_EXISTS", None,
                               lambda: self.portal.create(who.uscc, list(records.values()), origin=origin))
        self.assertTrue(refusal.reason)
        self.portal.create(who.uscc, list(records.values()), origin=self.common.Origin(
            front_door=self.common.FRONT_DOOR_GSXT, upstream_no="U-1"))

    # materials

    def test_materials_that_do_not_fit_are_not_kept(self):
        who, records = self.subject_with_records()
        draft = self.portal.create(who.uscc, list(records.values()))
        content = pdf.document(["材料"])

        def upload(body=content, file_name="a.pdf", kind="M2", application=draft.name, **header):
            return lambda: self.portal.upload(application, kind, file_name, body, **header)

        self.refused("INVALID_ARGUMENT", "MATERIAL_HASH_MISMATCH", upload(sha256="0" * 64), "header.sha256")
        self.refused("INVALID_ARGUMENT", "MATERIAL_SIZE_MISMATCH", upload(size=len(content) - 1), "header.size")
        self.refused("INVALID_ARGUMENT", "MATERIAL_SIZE_MISMATCH", upload(size=len(content) + 1), "header.size")
        self.refused("INVALID_ARGUMENT", "MATERIAL_TYPE_MISMATCH", upload(media_type="image/png"), "header.media_type")
        self.refused("INVALID_ARGUMENT", "MATERIAL_TYPE_MISMATCH", upload(b"#!/bin/sh\n"), "header.media_type")
        self.refused("INVALID_ARGUMENT", "MATERIAL_TYPE_MISMATCH", upload(media_type="text/html"), "header.media_type")
        self.refused("INVALID_ARGUMENT", "MATERIAL_SIZE_EXCEEDED", upload(size=(20 << 20) + 1), "header.size")
        for field, wrong in (("kind", {"kind": "M99"}), ("kind", {"kind": ""}), ("file_name", {"file_name": ""}),
                             ("file_name", {"file_name": "x" * 201}), ("file_name", {"file_name": "../a.pdf"}),
                             ("size", {"size": 0}), ("sha256", {"sha256": "zz"}), ("sha256", {"sha256": ""}),
                             ("application", {"application": "applications/1"})):
            self.refused("INVALID_ARGUMENT", None, upload(**wrong), f"header.{field}")
        self.refused("NOT_FOUND", "APPLICATION_NOT_FOUND", upload(application=f"applications/{UNKNOWN}"))
        self.assertEqual(len(self.get(draft).materials), 0)
        refusal = self.refused("FAILED_PRECONDITION", "MATERIALS_MISSING", lambda: self.portal.submit(draft.name))
        self.assertEqual(refusal.metadata["kinds"], "M2,M3")

    def test_chunks_without_a_header(self):
        request = self.messages.UploadMaterialRequest(chunk=b"x")
        with self.assertRaises(grpc.RpcError) as caught:
            self.portal.stub.UploadMaterial(iter([request]), timeout=10, metadata=self.suite.credentials("portal"))
        self.assertEqual(caught.exception.code(), grpc.StatusCode.INVALID_ARGUMENT)

    def test_no_papers_for_an_application_under_way(self):
        self.suite.authority("transport").behave("silent")
        self.addCleanup(self.suite.authority("transport").behave, "approve")
        _, draft = self.submitted()
        self.refused("FAILED_PRECONDITION", "APPLICATION_TAKES_NO_MATERIALS",
                     lambda: self.portal.upload(draft.name, "M2", "a.pdf", pdf.document(["迟"])))

    # who may see it

    def test_query_code_is_needed(self):
        who, records = self.subject_with_records()
        draft = self.portal.create(who.uscc, list(records.values()))
        for code in ("", "wrong", draft.query_code[:-1]):
            self.refused("NOT_FOUND", "APPLICATION_NOT_FOUND", lambda: self.portal.get(draft.name, code))
            self.refused("NOT_FOUND", "APPLICATION_NOT_FOUND", lambda: list(self.portal.watch(draft.name, code)))
        self.refused("NOT_FOUND", "APPLICATION_NOT_FOUND",
                     lambda: self.portal.get(f"applications/{UNKNOWN}", draft.query_code))
        self.assertEqual(self.get(draft).query_code, "")

    def test_another_principal_sees_nothing_without_the_query_code(self):
        who, records = self.subject_with_records()
        draft = self.portal.create(who.uscc, list(records.values()))
        other = self.client.Portal(self.suite.service("intake").address, self.suite.credentials("operator"))
        self.addCleanup(other.close)
        self.assertEqual(len(other.list_applications(who.uscc).applications), 0)
        self.refused("NOT_FOUND", "APPLICATION_NOT_FOUND", lambda: other.get(draft.name, "wrong"))
        self.refused("NOT_FOUND", "APPLICATION_NOT_FOUND", lambda: other.submit(draft.name))
        # Number and query code on paper are enough to ask, through whatever door.
        self.assertEqual(other.get(draft.name, draft.query_code).number, draft.number)

    def test_every_service_wants_a_token_for_every_call(self):
        from grpc.health.v1 import health_pb2, health_pb2_grpc
        for service in self.suite.services.values():
            with self.client.channel(service.address) as channel:
                check = health_pb2_grpc.HealthStub(channel).Check
                for metadata in ([], [("authorization", "Bearer wrong")], [("authorization", "Basic eDp5")]):
                    with self.assertRaises(grpc.RpcError) as caught:
                        check(health_pb2.HealthCheckRequest(), timeout=5, metadata=metadata)
                    self.assertEqual(caught.exception.code(), grpc.StatusCode.UNAUTHENTICATED, service.name)
                answer = check(health_pb2.HealthCheckRequest(), timeout=5, metadata=self.suite.credentials("portal"))
                self.assertEqual(answer.status, health_pb2.HealthCheckResponse.SERVING)

    def test_a_call_without_a_deadline_is_refused(self):
        for timeout in (None, 3600):
            with self.assertRaises(grpc.RpcError) as caught:
                self.portal.stub.ListApplications(self.messages.ListApplicationsRequest(), timeout=timeout,
                                                  metadata=self.suite.credentials("portal"))
            self.assertEqual(caught.exception.code(), grpc.StatusCode.INVALID_ARGUMENT)
            self.assertIn("DEADLINE_REQUIRED", caught.exception.details())

    def test_reflection_lists_the_services(self):
        from grpc.reflection.v1alpha import reflection_pb2, reflection_pb2_grpc
        with self.client.channel(self.suite.service("intake").address) as channel:
            request = reflection_pb2.ServerReflectionRequest(list_services="*")
            stub = reflection_pb2_grpc.ServerReflectionStub(channel)
            answer = next(stub.ServerReflectionInfo(iter([request]), timeout=5,
                                                    metadata=self.suite.credentials("portal")))
        self.assertIn("xiufu.intake.v1.IntakeService",
                      [service.name for service in answer.list_services_response.service])

    def test_application_files_are_for_the_adapter_only(self):
        from xiufu.intake.v1 import intake_pb2_grpc
        who, records = self.subject_with_records()
        draft = self.portal.create(who.uscc, list(records.values()))
        raw = uuid.UUID(draft.name.removeprefix("applications/")).bytes
        request = self.messages.GetApplicationFileRequest(application=raw)
        with self.client.channel(self.suite.service("intake").address) as channel:
            stub = intake_pb2_grpc.ApplicationFileServiceStub(channel)
            with self.assertRaises(grpc.RpcError) as caught:
                stub.GetApplicationFile(request, timeout=5, metadata=self.suite.credentials("portal"))
            self.assertEqual(caught.exception.code(), grpc.StatusCode.PERMISSION_DENIED)
            adapter = self.suite.credentials("department_adapter")
            with self.assertRaises(grpc.RpcError) as caught:
                stub.GetApplicationFile(request, timeout=5, metadata=adapter)
            self.assertEqual(caught.exception.code(), grpc.StatusCode.NOT_FOUND)  # a draft is nobody else's business
            self.upload_papers(draft.name, who)
            self.portal.submit(draft.name)
            self.assertEqual(stub.GetApplicationFile(request, timeout=5, metadata=adapter).number, draft.number)


if __name__ == "__main__":
    unittest.main()
