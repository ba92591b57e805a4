"""A portal's client of the intake API, and an operator's of publication's import.

Writes are retried under one request id when the service cannot be reached: the same id and body get the same answer
for ever. Needs stubs.use() first.
"""

import hashlib
import time
import uuid

import grpc
from google.rpc import error_details_pb2, status_pb2

TIMEOUT_S = 10
_CHUNK = 64 * 1024


class Refusal(Exception):
    """What the service said no with: code, reason of ErrorInfo, its metadata, field violations of BadRequest."""

    def __init__(self, error: grpc.RpcError):
        self.code = error.code()
        self.message = error.details()
        self.reason = ""
        self.domain = ""
        self.metadata = {}
        self.violations = {}
        self._read(dict(error.trailing_metadata() or ()).get("grpc-status-details-bin"))
        super().__init__(f"{self.code.name} {self.reason}: {self.message} {self.violations or ''}".rstrip())

    def _read(self, details: bytes | None) -> None:
        if details is None:
            return
        for detail in status_pb2.Status.FromString(details).details:
            if detail.Is(error_details_pb2.ErrorInfo.DESCRIPTOR):
                info = error_details_pb2.ErrorInfo()
                detail.Unpack(info)
                self.reason, self.domain, self.metadata = info.reason, info.domain, dict(info.metadata)
            elif detail.Is(error_details_pb2.BadRequest.DESCRIPTOR):
                bad = error_details_pb2.BadRequest()
                detail.Unpack(bad)
                self.violations = {v.field: v.description for v in bad.field_violations}


def retrying(call, seconds: float = 30):
    """Calls until the service can be reached; other refusals are raised as Refusal at once."""
    end = time.monotonic() + seconds
    while True:
        try:
            return call()
        except grpc.RpcError as error:
            if error.code() != grpc.StatusCode.UNAVAILABLE or time.monotonic() > end:
                raise Refusal(error) from error
            time.sleep(0.2)


def channel(address: str) -> grpc.Channel:
    # A service that was restarted is found again within a second, not after gRPC's two minutes.
    return grpc.insecure_channel(address, options=[("grpc.max_reconnect_backoff_ms", 1000),
                                                   ("grpc.enable_http_proxy", 0)])


class Portal:
    """IntakeService as a portal calls it."""

    def __init__(self, address: str, credentials: list[tuple[str, str]]):
        from xiufu.intake.v1 import intake_pb2, intake_pb2_grpc

        self.messages = intake_pb2
        self._channel = channel(address)
        self.stub = intake_pb2_grpc.IntakeServiceStub(self._channel)
        self._metadata = credentials

    def close(self) -> None:
        self._channel.close()

    def call(self, method: str, request):
        """One unary call; raises Refusal."""
        return retrying(lambda: getattr(self.stub, method)(request, timeout=TIMEOUT_S, metadata=self._metadata))

    def search(self, uscc: str) -> list:
        records, page_token = [], ""
        while True:
            answer = self.call("SearchRecords", self.messages.SearchRecordsRequest(uscc=uscc, page_token=page_token))
            records += answer.records
            page_token = answer.next_page_token
            if not page_token:
                return records

    def search_name(self, name: str, page_size: int = 0) -> list:
        """All records of subjects whose name contains the text."""
        records, page_token = [], ""
        while True:
            answer = self.call("SearchRecords", self.messages.SearchRecordsRequest(
                name=name, page_size=page_size, page_token=page_token))
            records += answer.records
            page_token = answer.next_page_token
            if not page_token:
                return records

    def check(self, uscc: str, records: list[str] = (), on_date: str = "") -> list:
        request = self.messages.CheckEligibilityRequest(uscc=uscc, records=records, on_date=on_date)
        return list(self.call("CheckEligibility", request).eligibilities)

    def notice(self, uscc: str, records: list[str] = (), on_date: str = ""):
        """The one-time notice: each paper once, dates, channels, windows."""
        return self.call("ComposeNotice", self.messages.ComposeNoticeRequest(uscc=uscc, records=records, on_date=on_date))

    def notice_letter(self, uscc: str, records: list[str] = (), on_date: str = ""):
        """The same as a PDF."""
        return self.call("RenderNotice", self.messages.ComposeNoticeRequest(uscc=uscc, records=records, on_date=on_date))

    def form(self, uscc: str, kind: str, records: list[str] = (), on_date: str = ""):
        """A blank as PDF; kind: APPLICATION, COMMITMENT."""
        return self.call("RenderForm", self.messages.RenderFormRequest(
            uscc=uscc, records=records, on_date=on_date, kind=self.messages.RenderFormRequest.Kind.Value(kind)))

    def document(self, application: str, query_code: str, kind: str, case: str = ""):
        """A paper of an application as PDF; kind: RECEIPT, DECISION, CONCLUSION ..."""
        from xiufu.intake.v1 import document_pb2, document_pb2_grpc

        stub = document_pb2_grpc.DocumentServiceStub(self._channel)
        request = document_pb2.RenderDocumentRequest(
            name=application, query_code=query_code, case_name=case,
            kind=document_pb2.DocumentKind.Value(f"DOCUMENT_KIND_{kind}"))
        return retrying(lambda: stub.RenderDocument(request, timeout=TIMEOUT_S, metadata=self._metadata))

    def create(self, uscc: str, records: list[str], request_id: str | None = None, **fields):
        from xiufu.common.v1 import common_pb2

        fields.setdefault("applicant", self.messages.Applicant(
            name="测试经办人", phone="0415-0000000", capacity=common_pb2.CAPACITY_HANDLER))
        return self.call("CreateApplication", self.messages.CreateApplicationRequest(
            request_id=request_id or str(uuid.uuid4()), subject_uscc=uscc, records=records, **fields))

    def upload(self, application: str, kind: str, file_name: str, content: bytes, request_id: str | None = None,
               **header):
        """header overrules what follows from the content, for trying what is refused."""
        fields = {"media_type": "application/pdf", "size": len(content),
                  "sha256": hashlib.sha256(content).hexdigest(), **header}
        first = self.messages.UploadMaterialRequest(header=self.messages.UploadMaterialRequest.Header(
            request_id=request_id or str(uuid.uuid4()), application=application, kind=kind, file_name=file_name,
            **fields))

        def parts():
            yield first
            for begin in range(0, len(content), _CHUNK):
                yield self.messages.UploadMaterialRequest(chunk=content[begin:begin + _CHUNK])

        return retrying(lambda: self.stub.UploadMaterial(parts(), timeout=TIMEOUT_S, metadata=self._metadata))

    def submit(self, application: str, request_id: str | None = None):
        return self.call("SubmitApplication", self.messages.SubmitApplicationRequest(
            request_id=request_id or str(uuid.uuid4()), name=application))

    def get(self, application: str, query_code: str):
        return self.call("GetApplication", self.messages.GetApplicationRequest(name=application, query_code=query_code))

    def list_applications(self, uscc: str = "", page_size: int = 0, page_token: str = ""):
        return self.call("ListApplications", self.messages.ListApplicationsRequest(
            subject_uscc=uscc, page_size=page_size, page_token=page_token))

    def withdraw(self, application: str, cases: list[str] = (), reason: str = "", request_id: str | None = None):
        """Gives up these cases, without any all that are open."""
        return self.call("WithdrawApplication", self.messages.WithdrawApplicationRequest(
            request_id=request_id or str(uuid.uuid4()), name=application, cases=cases, reason=reason))

    def supplement(self, application: str, case: str, materials: list[str], note: str = "",
                   request_id: str | None = None):
        return self.call("ProvideSupplement", self.messages.ProvideSupplementRequest(
            request_id=request_id or str(uuid.uuid4()), name=application, case_name=case, materials=materials,
            note=note))

    def watch(self, application: str, query_code: str, after: int = 0, seconds: float = 60):
        """The timeline until its end; a broken stream goes on behind the last entry that came.

        Raises TimeoutError when it has not ended in time.
        """
        end = time.monotonic() + seconds
        while True:
            request = self.messages.WatchApplicationRequest(name=application, query_code=query_code, after=after)
            try:
                for entry in self.stub.WatchApplication(request, timeout=max(0.1, end - time.monotonic()),
                                                        metadata=self._metadata):
                    after = entry.position
                    yield entry
                return
            except grpc.RpcError as error:
                if time.monotonic() >= end:
                    raise TimeoutError(f"the timeline of {application} has not ended after {seconds} s") from error
                if error.code() != grpc.StatusCode.UNAVAILABLE:
                    raise Refusal(error) from error
                time.sleep(0.2)


def import_records(address: str, credentials, content: bytes, file_name: str, layout: str, request_id: str | None = None):
    """Publication's report about a feed."""
    from xiufu.publication.v1 import publication_pb2, publication_pb2_grpc

    request = publication_pb2.ImportRecordsRequest
    header = request.Header(request_id=request_id or str(uuid.uuid4()), layout=layout, file_name=file_name)

    def parts():
        yield request(header=header)
        for begin in range(0, len(content), _CHUNK):
            yield request(chunk=content[begin:begin + _CHUNK])

    with channel(address) as connection:
        stub = publication_pb2_grpc.PublicationServiceStub(connection)
        return retrying(lambda: stub.ImportRecords(parts(), timeout=60, metadata=credentials))
