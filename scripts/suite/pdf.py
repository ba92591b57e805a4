"""Small real PDF files, valid to any reader: one page, one text in Chinese, no embedded font.

The text is set in the standard Adobe-GB1 font STSong-Light that PDF readers bring themselves (PDF 1.7, 9.7.5.2).
"""


def _text_operators(lines: list[str]) -> bytes:
    shown = []
    for number, line in enumerate(lines):
        size = 18 if number == 0 else 12
        encoded = line.encode("utf-16-be").hex().upper()
        shown.append(f"BT /F1 {size} Tf 72 {760 - 32 * number} Td <{encoded}> Tj ET")
    return "\n".join(shown).encode("ascii")


def document(lines: list[str]) -> bytes:
    """An A4 page with the lines on it, the first one larger. The same lines give the same bytes."""
    content = _text_operators(lines)
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R"
        b" /Resources << /Font << /F1 5 0 R >> >> >>",
        b"<< /Length %d >>\nstream\n%s\nendstream" % (len(content), content),
        b"<< /Type /Font /Subtype /Type0 /BaseFont /STSong-Light /Encoding /UniGB-UTF16-H /DescendantFonts [6 0 R] >>",
        b"<< /Type /Font /Subtype /CIDFontType0 /BaseFont /STSong-Light"
        b" /CIDSystemInfo << /Registry (Adobe) /Ordering (GB1) /Supplement 4 >>"
        b" /FontDescriptor 7 0 R /DW 1000 >>",
        b"<< /Type /FontDescriptor /FontName /STSong-Light /Flags 6 /FontBBox [-25 -254 1000 880]"
        b" /ItalicAngle 0 /Ascent 880 /Descent -120 /CapHeight 880 /StemV 93 >>",
    ]
    out = bytearray(b"%PDF-1.7\n%\xe4\xbf\xa1\xe4\xbf\xae\n")
    offsets = []
    for number, body in enumerate(objects, 1):
        offsets.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    table = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    out += b"".join(b"%010d 00000 n \n" % offset for offset in offsets)
    out += b"trailer\n<< /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (len(objects) + 1, table)
    return bytes(out)


def commitment(subject: str, uscc: str, day: str) -> bytes:
    """M2 信用承诺书."""
    return document([
        "信用承诺书", f"承诺主体：{subject}", f"统一社会信用代码：{uscc}",
        "本单位已纠正违法行为，并已履行行政处罚决定规定的全部义务。",
        "本单位承诺所提供的材料真实、合法、有效，愿意承担违反承诺的责任。", f"日期：{day}",
    ])


def proof(subject: str, documents: list[str], day: str) -> bytes:
    """M3 履行义务、纠正违法行为的证明."""
    return document(["履行义务证明", f"当事人：{subject}", *(f"决定书文号：{number}  已履行完毕" for number in documents),
                     f"日期：{day}"])
