"""Makes the documents of this folder: python3 tests/intake/make.py

Needs python-docx, openpyxl, xlwt, Pillow and LibreOffice. The documents are committed as
they came out, so that a change of these programs changes no test; the texts are those of
the ten persons of the first edition.
"""

import json
import re
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

import docx
import openpyxl
from docx.oxml import parse_xml
from PIL import Image

HERE = Path(__file__).parent
ROOT = HERE.parent.parent
W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
ORDER = json.loads((ROOT / "data/booklet.json").read_text())["order"]
TEN = [json.loads((ROOT / f"data/profiles/{person}.json").read_text()) for person in ORDER]
RAW = (ROOT / "tests/fixtures/fengcailu.txt").read_text()


def post(person):
    return "".join(person["post"].values())


def case(name):
    folder = HERE / name / "in"
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    return folder


def body(document, person, head=True):
    if head:
        document.add_paragraph("\u3000".join(person["headline"]))
        document.add_paragraph(f"{post(person)} {person['name']}")
    for paragraph in person["article"]:
        document.add_paragraph("\u3000\u3000" + paragraph)


def roster(path, persons, columns, title=None):
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = "名单"
    if title:
        sheet.append([title])
        sheet.merge_cells(start_row=1, start_column=1, end_row=1, end_column=len(columns))
    sheet.append([head for head, _ in columns])
    for number, person in enumerate(persons, 1):
        sheet.append([value(number, person) for _, value in columns])
    book.save(path)


def office(folder, name, to):
    subprocess.run(
        ["soffice", "--headless", "--convert-to", to, "--outdir", str(folder), str(folder / name)],
        check=True,
        stdout=subprocess.DEVNULL,
    )


def rewrite(path, part, change):
    """Changes a part of a package in place."""
    with zipfile.ZipFile(path) as package:
        parts = {name: package.read(name) for name in package.namelist()}
    parts[part] = change(parts[part].decode()).encode()
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as package:
        for name, content in parts.items():
            package.writestr(name, content)


NAME = ("姓名", lambda n, p: p["name"])
NUMBER = ("序号", lambda n, p: n)
PARTS = [
    ("区", lambda n, p: p["post"]["district"]),
    ("街道（镇）", lambda n, p: p["post"]["street"]),
    ("社区", lambda n, p: p["post"]["community"]),
    ("职务", lambda n, p: p["post"]["role"]),
]


def word_python_docx():
    document = docx.Document()
    for line in RAW.split("\n"):
        document.add_paragraph(line)
    document.save(case("word-by-python-docx") / "材料.docx")


def word_libreoffice():
    folder = case("word-by-libreoffice")
    (folder / "材料.txt").write_text("\ufeff" + RAW)
    subprocess.run(
        ["soffice", "--headless", "--infilter=Text (encoded):UTF8", "--convert-to", "docx:MS Word 2007 XML",
         "--outdir", str(folder), str(folder / "材料.txt")],
        check=True, stdout=subprocess.DEVNULL,
    )
    (folder / "材料.txt").unlink()


def word_table():
    document = docx.Document()
    document.add_paragraph("十佳社区党组织书记汇总表")
    heads = ["序号", "姓名", "单位及职务", "标题", "主要事迹"]
    table = document.add_table(rows=1, cols=len(heads))
    for cell, head in zip(table.rows[0].cells, heads):
        cell.text = head
    for number, person in enumerate(TEN, 1):
        cells = table.add_row().cells
        texts = [str(number), person["name"], post(person), " ".join(person["headline"]), "\n".join(person["article"])]
        for cell, text in zip(cells, texts):
            cell.text = text
    document.save(case("word-table") / "汇总表.docx")


def word_forms():
    document = docx.Document()
    for person in TEN[:3]:
        document.add_heading("推荐表", 1)
        table = document.add_table(rows=4, cols=4)
        texts = [["姓 名", person["name"], "性别", "女"], ["工作单位", "".join(list(person["post"].values())[:3]), "职务", person["post"]["role"]],
                 ["标题", " ".join(person["headline"]), "联系电话", "13800000000"], ["主要事迹", "\n".join(person["article"]), "", ""]]
        for row, line in zip(table.rows, texts):
            for cell, text in zip(row.cells, line):
                cell.text = text
        merged = table.rows[3].cells[1].merge(table.rows[3].cells[3])
        merged.text = "\n".join(person["article"])
    document.save(case("word-forms") / "推荐表.docx")


def roster_and_articles():
    folder = case("excel-roster-and-word")
    roster(folder / "名单.xlsx", TEN, [NUMBER, NAME, *PARTS, ("联系电话", lambda n, p: 13800000000 + n)], "十佳社区党组织书记名单")
    document = docx.Document()
    for person in TEN:
        document.add_heading(person["name"], 1)
        document.add_paragraph(" ".join(person["headline"]))
        body(document, person, head=False)
    document.save(folder / "事迹.docx")


def one_word_each():
    folder = case("a-word-file-each")
    roster(folder / "名单.xlsx", TEN[:4], [NAME, ("所在单位及职务", lambda n, p: post(p)), ("标题", lambda n, p: "\n".join(p["headline"]))])
    for person in TEN[:4]:
        document = docx.Document()
        body(document, person, head=False)
        document.save(folder / f"{person['name']}同志先进事迹.docx")


def tracked_changes():
    folder = case("tracked-changes")
    document = docx.Document()
    for person in TEN[:2]:
        body(document, person)
    path = folder / "修订稿.docx"
    document.save(path)
    mark = 'w:id="{}" w:author="李主任" w:date="2026-07-01T09:00:00Z"'

    def change(xml):
        old = "推动安装车棚17个"
        new = (f'推动安装车棚</w:t></w:r><w:ins {mark.format(1)}><w:r><w:t>17</w:t></w:r></w:ins>'
               f'<w:del {mark.format(2)}><w:r><w:delText>十七</w:delText></w:r></w:del><w:r><w:t xml:space="preserve">个')
        assert old in xml
        return xml.replace(old, new)

    rewrite(path, "word/document.xml", change)


def comments_and_hidden():
    folder = case("comments-and-hidden")
    document = docx.Document()
    body(document, TEN[0])
    paragraph = document.add_paragraph("（内部：此段不印）")
    paragraph.runs[0].font.hidden = True
    document.add_comment(document.paragraphs[2].runs, text="数字请再核实", author="王编辑", initials="王")
    document.save(folder / "批注.docx")


def text_boxes():
    folder = case("text-boxes")
    document = docx.Document()
    person = TEN[3]
    anchor = document.add_paragraph("")
    inner = "".join(f'<w:p><w:r><w:t>{text}</w:t></w:r></w:p>' for text in ["\u3000".join(person["headline"]), f"{post(person)}　{person['name']}"])
    anchor._p.append(parse_xml(
        f'<w:r {W} xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
        'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape" xmlns:v="urn:schemas-microsoft-com:vml">'
        f'<mc:AlternateContent><mc:Choice Requires="wps"><w:drawing><wps:txbx><w:txbxContent>{inner}</w:txbxContent></wps:txbx></w:drawing></mc:Choice>'
        f'<mc:Fallback><w:pict><v:textbox><w:txbxContent>{inner}</w:txbxContent></v:textbox></w:pict></mc:Fallback></mc:AlternateContent></w:r>'))
    body(document, person, head=False)
    document.save(folder / "文本框.docx")


def odd_characters():
    folder = case("odd-characters")
    document = docx.Document()
    person = TEN[4]
    document.add_paragraph(" ".join(person["headline"]))
    document.add_paragraph(f"{post(person)} 王  琦")
    text = [paragraph.replace("，", ",", 1) for paragraph in person["article"]]
    text[0] = text[0].replace("办公桌", "办\u00ad公桌").replace("15年", "１５年")
    text[1] = text[1].replace("文", "\u2f42", 1).replace("一", "一\u200b", 1)
    for paragraph in text:
        document.add_paragraph("\u3000\u3000" + paragraph)
    document.save(folder / "字符.docx")
    # 王䶮, by the private character of GBK; a vertical tab between two paragraphs.
    document = docx.Document()
    document.add_paragraph("示例区示例街道示例社区党委书记 王\ue863")
    paragraph = document.add_paragraph("")
    paragraph._p.append(parse_xml(f'<w:r {W}><w:t>王\ue863是示例人物。</w:t><w:br/><w:t>第二段也是示例。</w:t></w:r>'))
    document.save(folder / "王龑.docx")


def same_name():
    folder = case("two-of-one-name")
    one, other = dict(TEN[0], name="王芳"), TEN[7]
    one["article"] = [text.replace("王凤荣", "王芳") for text in one["article"]]
    roster(folder / "名单.xlsx", [one, other], [NAME, *PARTS])
    document = docx.Document()
    body(document, other)
    body(document, one)
    document.save(folder / "事迹.docx")


def no_article():
    folder = case("one-without-article")
    roster(folder / "名单.xlsx", TEN[:3], [NAME, *PARTS])
    document = docx.Document()
    for person in TEN[:2]:
        body(document, person)
    document.save(folder / "事迹.docx")


def near_name():
    folder = case("a-name-that-differs")
    wrong = dict(TEN[0], name="王风荣")
    roster(folder / "名单.xlsx", [wrong, TEN[1]], [NAME, *PARTS])
    document = docx.Document()
    for person in TEN[:2]:
        body(document, person)
    document.save(folder / "事迹.docx")


def photos():
    folder = case("photos")
    document = docx.Document()
    for person in TEN[:4]:
        body(document, person)
    document.save(folder / "事迹.docx")
    (folder / "照片").mkdir()
    for number, name in enumerate(["王凤荣.jpg", "和平区-赵金梅.jpeg", "晏萍 (1).jpg", "晏萍.jpg", "IMG_2024.JPG"]):
        Image.new("RGB", (60, 80), (40 * number, 120, 160)).save(folder / "照片" / name, "JPEG")


def merged_roster():
    folder = case("merged-roster")
    persons = [dict(person, post=dict(person["post"], district=TEN[i // 2 * 2]["post"]["district"])) for i, person in enumerate(TEN[:4])]
    roster(folder / "名单.xlsx", persons, [NUMBER, PARTS[0], NAME, *PARTS[1:], ("任职时间", lambda n, p: None)], "名单")
    book = openpyxl.load_workbook(folder / "名单.xlsx")
    sheet = book.active
    for row in (3, 5):
        sheet.merge_cells(start_row=row, start_column=2, end_row=row + 1, end_column=2)
    for row in range(3, 7):
        sheet.cell(row, 8, 45356).number_format = 'yyyy"年"m"月"'
    book.save(folder / "名单.xlsx")
    for form in ("ods", "xls"):
        other = case(f"merged-roster-{form}")
        shutil.copy(folder / "名单.xlsx", other / "名单.xlsx")
        office(other, "名单.xlsx", form)
        (other / "名单.xlsx").unlink()


def plain_texts():
    folder = case("csv-in-gb18030")
    lines = ["姓名,任职,标题,正文"]
    for person in TEN[:3]:
        fields = [person["name"], post(person), " ".join(person["headline"]), "\n".join(person["article"])]
        lines.append(",".join('"' + field.replace('"', '""') + '"' for field in fields))
    (folder / "事迹.csv").write_bytes("\r\n".join(lines).encode("gb18030"))
    folder = case("markdown")
    text = "# 风采录\n\n"
    for person in TEN[:3]:
        text += f"## {person['name']}\n\n**{post(person)}**\n\n### {' '.join(person['headline'])}\n\n" + "\n\n".join(person["article"]) + "\n\n"
    (folder / "事迹.md").write_text(text)
    folder = case("wrapped-by-hand")
    text = ""
    for person in TEN[:3]:
        text += " ".join(person["headline"]) + "\r\n" + f"——记{post(person)}{person['name']}\r\n"
        for paragraph in person["article"]:
            whole = "\u3000\u3000" + paragraph
            text += "\r\n".join(re.findall(".{1,36}", whole)) + "\r\n"
        text += "\r\n"
    (folder / "事迹.txt").write_bytes(text.encode("utf-16"))


def old_kinds():
    folder = case("kinds-that-are-not-read")
    (folder / "旧稿.doc").write_bytes(bytes.fromhex("d0cf11e0a1b11ae1") + b"\0" * 600)
    (folder / "稿件.pdf").write_bytes(b"%PDF-1.7\n")
    (folder / "导出.xls").write_text("<html><table><tr><td>姓名</td></tr></table></html>")
    document = docx.Document()
    body(document, TEN[1])
    document.save(folder / "事迹.docx")


def new_book():
    folder = case("a-new-book")
    persons = [json.loads((ROOT / f"src/starter/profiles/example-{n}.json").read_text()) for n in ("one", "two")]
    document = docx.Document()
    for line in ["示例总题", "示例书名 示例第二行", "——示例风采录"]:
        document.add_paragraph(line)
    for person in persons:
        body(document, person)
    document.save(folder / "材料.docx")
    roster(folder / "名单.xlsx", persons, [NUMBER, NAME, *PARTS])
    (folder / "照片").mkdir()
    Image.new("RGB", (2400, 3000), (150, 150, 150)).save(folder / "照片" / "张三.jpg", "JPEG", quality=30)


if __name__ == "__main__":
    for make in [word_python_docx, word_libreoffice, word_table, word_forms, roster_and_articles, one_word_each, tracked_changes,
                 comments_and_hidden, text_boxes, odd_characters, same_name, no_article, near_name, photos, merged_roster, plain_texts, old_kinds,
                 new_book]:
        if len(sys.argv) < 2 or make.__name__ in sys.argv[1:]:
            make()
