"""What the steps of addresses are called, in the languages of the blogs: folders of tags, lists, pages of the site.

`/etiketler/arilar/` is a page of a tag, `/sayfa/2/` one of a list, `/hakkimda/` one that every site has.
"""

from __future__ import annotations

import re

from indexer.extract.markup.dom import vocabulary

TAG_STEPS = vocabulary(
    "tag tags tagged label labels topic topics keyword keywords hashtag hashtags taxonomy etiqueta etiquetas etiquette"
    " etiquettes schlagwort schlagworte schlagwörter schlagwoerter stichwort stichworte stichwörter thema themen tema"
    " temas temi sujet sujets mot mots motcle motscles mot-cle mots-cles aihe aiheet emne emner ämne ämnen onderwerp"
    " onderwerpen trefwoord trefwoorden argomento argomenti etiquetes etiketak tagi tagy taggar etiket etiketler"
    " etikety etykiety etiketter etichete cimke cimkek címke címkék stitky štítky znacky značky metka метка метки"
    " мітки ярлыки тег теги oznake tagovi avainsana avainsanat asiasanat tunniste tunnisteet emneord stikkord stikord"
    " nyckelord konu konular nhan nhãn tu-khoa từ-khóa ετικέτα ετικέτες وسم وسوم الوسوم برچسب برچسب-ها برچسبها תגית"
    " תגיות टैग ট্যাগ แท็ก ป้ายกำกับ 标签 標籤 タグ 태그"
)
"""Folders that hold tag pages."""
CATEGORY_STEPS = vocabulary(
    "category categories categoria categorias categorie kategorie kategorien rubrique kategori kategoriler kategoria"
    " kategoriat kategorier kategorije kategorija kategória kategóriák kategoriak categorii rubrik rubrika rubriki"
    " rubryka рубрика рубрики категория категории категорія категорії danh-muc chuyen-muc danh-mục chuyên-mục دسته"
    " دسته-بندی دسته\u200cبندی تصنيف تصنيفات קטגוריה קטגוריות श्रेणी หมวดหมู่ カテゴリ カテゴリー 카테고리 分类 分類"
    " luokka luokat κατηγορία κατηγορίες"
)
"""Folders that hold the pages of categories."""
ARCHIVE_STEPS = vocabulary(
    "archive archives archiv archivo archivos arkiv arkisto archiwum archivum archívum arhiva arhiv arşiv arsiv arsip"
    " arxiu архив архів архивы αρχείο الأرشيف أرشيف آرشیو ארכיון アーカイブ 보관함 归档 歸檔"
)
"""What archives are called, and folders of their parts."""
_MAYBE_POSTS = vocabulary(
    "thema themen tema temas temi sujet sujets aihe aiheet emne emner ämne ämnen onderwerp onderwerpen argomento"
    " argomenti konu konular nhan motcle motscles keyword etiket"
)
"""Folders of tags whose names may as well be those of folders of posts."""
LISTING_STEPS = ((TAG_STEPS | CATEGORY_STEPS | ARCHIVE_STEPS) - _MAYBE_POSTS) | vocabulary(
    "author authors autor auteur page search taxonomy feed rss attachment"
)
"""Steps below which there are lists of posts."""
POST_STEPS = vocabulary(
    "post posts blog blogs weblog our-blog the-blog blog-posts blogpost blogposts blogg blogi blogue entry"
    " entries entrada entradas beitrag beitraege beiträge billet billets articulos artículos postagens wpisy блог блоги"
    " בלוג مدونة ブログ 블로그 博客 文章"
)
"""Folders that hold posts."""
PAGING = re.compile(
    r"/(?:page|index|seite|pagina)[-_/]?\d+(?:/|\.html?)?$|[?&](?:paged?|skip|offset)=\d+$"
    r"|/(?:strona|stranka|stranica|oldal|sayfa|sivu|sida|side|halaman|trang|página|orria|페이지|ページ|страница|сторінка"
    r"|صفحه|صفحة|עמוד|หน้า)/\d+(?:/|\.html?)?$",
    re.IGNORECASE,
)
"""The address of the second page of a list, or of a later one."""
SITE_PAGES = vocabulary(
    "about about-me about-us aboutme profile profil contact contact-us contacts impressum imprint datenschutz"
    " datenschutzerklaerung"
    " privacy privacy-policy terms terms-of-service terms-and-conditions disclaimer cookies cookie-policy legal"
    " mentions mentions-legales a-propos qui-suis-je qui-sommes-nous ueber ueber-mich ueber-uns wir-ueber-uns kontakt"
    " contacto acerca acerca-de quien-soy quienes-somos sobre sobre-mi sobre-mim sobre-nos quem-sou contato chi-siamo"
    " chi-sono contatti aviso-legal nutzungsbedingungen haftungsausschluss colophon resume cv links blogroll"
    " guestbook sitemap offline subscribe newsletter support donate employment ask faq welcome readme uses events"
    " agenda calendar calendrier kalender termine veranstaltungen eventos eventi evenements plan-du-site"
    " politique-de-confidentialite politica-de-privacidad privacidad informativa-privacy o-mnie o-mne o-nas o-autorze"
    " o-blogu o-projekte o-sebe obo-mne ob-avtore o-proekte pro-mene обо-мне о-себе о-нас про-мене kontakty контакты"
    " контакт polityka-prywatnosci wspolpraca hakkimda hakkinda hakkimizda hakkımda iletisim iletişim gizlilik"
    " gizlilik-politikasi rolam rólam rolunk magamrol kapcsolat adatvedelem despre despre-mine tietoa tietoja minusta"
    " yhteystiedot ota-yhteytta tietosuoja om-mig om-mej om-meg om-oss personvern integritetspolicy privatlivspolitik"
    " over over-mij over-ons tentang tentang-saya tentang-kami hubungi hubungi-kami kebijakan-privasi gioi-thieu"
    " lien-he درباره درباره-من درباره-ما تماس-با-من حول من-نحن اتصل-بنا אודות צור-קשר 소개 プロフィール お問い合わせ"
    " 关于 關於 留言板 projects projekte projets proyectos publications talks portfolio friends bookshelf"
    " changelog hire-me start-here teaching whoami work-with-me works gallery galerie vita bio services speaking"
    " disclosure thank-you code-of-conduct advertise write-for-us quem-somos fale-conosco contactos sobre-nosotros"
    " nosotros sobre-o-blog politica-de-privacidade politica-privacidad politica-de-cookies termos-de-uso projetos"
    " projectos progetti enlaces liens contactez-nous nous-contacter confidentialite suche busca buscar o-meni"
    " o-bloge o-saite kontak guanyu 关于我 關於我 友链 友情链接 방명록"
)
"""Names of pages that every site has beside its posts."""
