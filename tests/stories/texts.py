"""Indonesian texts, all invented: a wire story and its copies, a live event, daily columns of a newsroom."""

WIRE = """Pemerintah Kabupaten Sukamaju mulai membangun tanggul sepanjang 4,2 kilometer di tepi Sungai \
Cilembut setelah banjir awal tahun merendam 1.340 rumah di tiga kecamatan. Bupati Ratna Widyastuti \
mengatakan pekerjaan itu dibagi menjadi dua tahap dan ditargetkan selesai sebelum musim hujan tiba.

"Tahap pertama sepanjang 2,5 kilometer melindungi permukiman paling padat, yaitu Desa Karanganyar dan \
Desa Sumberjati. Sisanya kami kerjakan setelah pembebasan lahan selesai," kata Ratna di lokasi \
pembangunan, Selasa.

Menurut dia, anggaran yang disiapkan mencapai Rp 86 miliar, separuhnya berasal dari bantuan pemerintah \
provinsi. Warga yang lahannya terkena proyek akan menerima ganti rugi sesuai dengan penilaian tim \
independen, dan sebanyak 57 keluarga sudah menandatangani kesepakatan dengan panitia.

Kepala Dinas Pekerjaan Umum setempat, Hendra Gunawan, menjelaskan tanggul dirancang untuk menahan debit \
banjir dua puluh lima tahunan. Di beberapa titik akan dipasang pintu air yang digerakkan dengan tenaga \
surya agar tetap bekerja ketika listrik padam.

Seorang warga Karanganyar, Sulastri, berharap pembangunan tidak berhenti di tengah jalan seperti proyek \
sebelumnya. Ia masih mengingat malam ketika air naik setinggi dada dan keluarganya harus mengungsi ke \
balai desa selama sembilan hari. "Yang penting kami bisa tidur tenang saat hujan," ujarnya."""

AGENCY = f"Sukamaju (KABAR) - {WIRE}\n\nPewarta: Dimas Saputra\nEditor: Lestari Ayu\nHak cipta © KABAR 2020"
ON_ANOTHER_SITE = (
    "SUKAMAJU, BERITACONTOH.COM – "
    + WIRE.replace("lokasi pembangunan, Selasa.", "lokasi pembangunan, Selasa (10/11/2020).")
    + "\n\nDapatkan berita pilihan kami setiap hari lewat kanal pesan. Artikel ini telah tayang di KABAR."
)
_FIRST_PARAGRAPH = WIRE.split("\n\n", maxsplit=1)[0]
# The same event, by another reporter, with a paragraph of the agency's in it.
SAME_EVENT = f"""Tanggul baru di Sukamaju diperdebatkan. Anggota dewan dari fraksi oposisi menilai \
pemerintah daerah terburu-buru dan belum menunjukkan kajian lingkungan kepada publik.

{_FIRST_PARAGRAPH}

Ketua Komisi Pembangunan, Yusuf Maulana, meminta seluruh dokumen dibuka. Ia mempertanyakan pilihan \
kontraktor dan harga satuan yang menurutnya lebih tinggi daripada proyek serupa di kabupaten tetangga. \
Rapat dengar pendapat dijadwalkan pekan depan dengan menghadirkan konsultan perencana.

Pegiat lingkungan Siti Rahmah menambahkan bahwa hutan bambu di bantaran justru perlu dipulihkan, sebab \
akar bambu menahan tanah lebih murah daripada beton. Kelompoknya telah menanam sebelas ribu rumpun \
bersama para pelajar dan berencana menanam lebih banyak lagi pada akhir bulan."""

_GOLD = """Harga emas batangan di gerai Sukamaju pada hari ini {change} dibandingkan dengan perdagangan \
sebelumnya. Harga jual satu gram emas dipatok Rp {gram}.000, sedangkan harga beli kembali berada di \
level Rp {back}.000 per gram.

Harga ini belum termasuk pajak penghasilan yang dipungut saat transaksi. Pembeli yang mencantumkan nomor \
pokok wajib pajak dikenai tarif lebih rendah daripada pembeli tanpa nomor tersebut, sesuai dengan \
peraturan menteri keuangan. Harga dapat berubah sewaktu-waktu mengikuti pasar dunia dan kurs rupiah \
terhadap dolar Amerika Serikat.

Emas batangan dijual dalam berbagai pecahan, mulai dari setengah gram sampai dengan satu kilogram, dan \
setiap batang dilengkapi dengan sertifikat. Pembeli disarankan memeriksa nomor seri, menyimpan bukti \
pembelian, dan membandingkan harga di beberapa gerai resmi sebelum membeli. Untuk investasi jangka \
panjang para perencana keuangan menyarankan pembelian secara berkala dalam jumlah kecil agar risiko naik \
turunnya harga terbagi merata."""

_WEATHER = """Badan Meteorologi memprakirakan wilayah Sukamaju dan sekitarnya {morning} pada pagi hari. \
Menjelang siang langit diperkirakan {noon}, sementara pada malam hari cuaca cenderung berawan di seluruh \
kecamatan. Suhu udara berkisar {low} sampai {high} derajat Celsius dengan kelembapan {damp} persen.

Warga diimbau tetap waspada terhadap perubahan cuaca yang terjadi tiba-tiba, terutama di daerah lereng \
dan bantaran sungai. Nelayan diminta memperhatikan tinggi gelombang sebelum melaut dan menyiapkan alat \
keselamatan. Pengendara sepeda motor sebaiknya membawa jas hujan, menjaga jarak aman, dan mengurangi \
kecepatan ketika jalan licin.

Prakiraan cuaca diperbarui setiap enam jam dan dapat dilihat di laman resmi serta aplikasi telepon \
pintar. Masyarakat juga dapat menghubungi pusat informasi untuk menanyakan keadaan di daerah \
masing-masing atau melaporkan pohon tumbang, genangan, dan kejadian lain yang disebabkan oleh cuaca \
buruk."""

_PRAYER = """Berikut jadwal salat untuk wilayah Sukamaju dan sekitarnya yang dikutip dari laman resmi \
Kementerian Agama untuk {day}. Imsak pukul {a}, Subuh pukul {b}, terbit pukul {c}, Duha pukul {d}, Zuhur \
pukul {e}, Asar pukul {f}, Magrib pukul {g}, dan Isya pukul {h} waktu setempat.

Umat Islam dianjurkan menunaikan salat tepat waktu dan berjemaah di masjid. Sebelum salat disunahkan \
berwudu dengan sempurna, merapatkan saf, serta menunggu imam dengan berzikir. Jadwal di setiap daerah \
dapat berbeda beberapa menit karena perbedaan letak lintang dan bujur, sehingga pembaca di daerah lain \
perlu menyesuaikannya dengan pengumuman kantor agama setempat.

Niat salat diucapkan di dalam hati bersamaan dengan takbiratulihram. Bagi musafir yang menempuh \
perjalanan jauh ada keringanan untuk menjamak dan mengqasar salat dengan syarat yang telah dijelaskan \
oleh para ulama dalam kitab fikih."""

GOLD = (
    _GOLD.format(change="naik", gram="1.012", back="901"),
    _GOLD.format(change="turun", gram="1.004", back="893"),
)
WEATHER = (
    _WEATHER.format(morning="cerah berawan", noon="diguyur hujan ringan", low=24, high=32, damp=80),
    _WEATHER.format(morning="cerah berawan", noon="diguyur hujan ringan", low=23, high=31, damp=85),
)
# A column of a day without a single figure.
WEATHER_IN_WORDS = tuple(
    text.split(" Suhu udara")[0] + "\n\n" + text.split("\n\n", maxsplit=1)[1]
    for text in (
        WEATHER[0],
        _WEATHER.format(morning="berkabut", noon="cerah berawan", low=24, high=32, damp=80),
    )
)
PRAYER = (
    _PRAYER.format(
        day="Senin", a="04.02", b="04.12", c="05.25", d="05.53", e="11.41", f="15.03", g="17.52", h="19.04"
    ),
    _PRAYER.format(
        day="Selasa", a="04.02", b="04.12", c="05.25", d="05.53", e="11.41", f="15.03", g="17.52", h="19.04"
    ),
)
NOTICE = " ".join(WIRE.split()[:60])
