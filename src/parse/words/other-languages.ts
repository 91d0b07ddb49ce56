/**
 * What headings of tables and sections say in languages other than English: German, French, Spanish, Portuguese, Italian, Dutch,
 * Polish, Turkish, Indonesian, Vietnamese, Russian, Chinese, Japanese and Korean. Only words that stand in tables of roles and
 * permissions; sentences are read in English alone.
 */

/** Parts of expressions, for words that stand alone or at the beginning of a word; those of Chinese and the like stand anywhere. */
const LATIN = {
  permission:
    'berechtigung(?:en)?|(?:zugriffs|benutzer)rechte|recht(?:e(?! \\p{L})|e(?= (?:der|des|für|je|pro|und|von) ))?|droits?|autorisations?|permisos?|privil[eè]gi?[eo]s?|permiss(?:ão|ões)|permess[io]|autorizzazion[ei]|rechten|bevoegdhe(?:id|den)|uprawnieni[ea]|yetki(?:ler|leri)?|izin(?: akses)?|hak akses|quyền(?: hạn)?|права(?: доступа)?|(?:матрица|уровн[ия]) доступа|разрешени[ея]|привилеги[ия]',
  role: '(?:benutzer)?rollen?(?:matrix|modell|übersicht)?|rôles?|rol|papel|papéis|ruol[io]|rola|rolü?|roller|peran(?: pengguna)?|vai trò|рол[ьи]',
  deed: 'aktion(?:en)?|aufgaben?|acci[oó]n(?:es)?|tareas?|tâches?|ação|ações|tarefas?|azion[ei]|acties?|czynnoś(?:ć|ci)|akcj[ae]|işlem(?:ler)?|eylem(?:ler)?|aksi|tindakan|hành động|thao tác|действи[ея]',
  feature:
    'funktion(?:en)?|fonctions?|fonctionnalités?|funci[oó]n(?:es)?|função|funções|funzion[ei]|functies?|funkcj[ae]|özellik(?:ler)?|fitur|chức năng|функци[ия]',
  description:
    'beschreibung|bedeutung|descripci[oó]n|descrição|descrizione|beschrijving|opis|açıklama|deskripsi|keterangan|mô tả|описание',
  note: 'anmerkung(?:en)?|bemerkung(?:en)?|hinweise?|notas|observaci[oó]n(?:es)?|remarques?|osservazioni|opmerking(?:en)?|uwagi|catatan|ghi chú|примечани[ея]|комментари[йи]',
  area: 'modul[eo]?s?|módulos?|moduli|bereiche?|áreas?|domaines?|moduły?|modül|phân hệ|модул[ьи]|раздел',
}
const OTHER = {
  permission: '权限|權限|権限|アクセス権|권한',
  role: '角色|ロール|역할',
  deed: '操作|アクション|작업',
  feature: '功能|機能|기능',
  description: '说明|說明|描述|説明|설명',
  note: '备注|備註|備考|비고',
  area: '模块|模組|モジュール|모듈',
}

type Word = keyof typeof LATIN

/** Some of these words, as a part of an expression that has the flag `u`. */
function words(...kinds: Word[]): string {
  const latin = kinds.map((kind) => LATIN[kind]).join('|')
  return `(?<!\\p{L})(?:${latin})(?!\\p{L})|${kinds.map((kind) => OTHER[kind]).join('|')}`
}

/** An expression for what another finds, and for such words wherever they stand. */
export function orWords(english: RegExp, ...kinds: Word[]): RegExp {
  return new RegExp(`${english.source}|${words(...kinds)}`, 'iu')
}

/** The same for words that a text begins with. */
export function orBeginning(english: RegExp, ...kinds: Word[]): RegExp {
  return new RegExp(`${english.source}|^(?:${words(...kinds)})`, 'iu')
}

/** The same for a text that is such a word and nothing else; in Chinese and Japanese a word may stand before it (“操作权限”). */
export function orWhole(english: RegExp, ...kinds: Word[]): RegExp {
  return new RegExp(
    `${english.source}|^[\\p{Script=Han}\\p{Script=Katakana}ー]{0,4}?(?:${words(...kinds)})(?:名称?|範囲|范围)?$`,
    'iu',
  )
}

const LATIN_PERSON =
  '(?:administrator|redakteur|leser|betrachter|bearbeiter|mitglied|gast|benutzer|besitzer|eigentümer)(?:en|er|e|in)?|(?:administrateur|gestionnaire|utilisateur|lecteur|éditeur|rédacteur|invité|propriétaire|membre)s?|(?:administrador|gerente|usuario|usuário|invitado|lector|propietario|operador|miembro|empleado|consulta)(?:es|s)?|amministratore|utente|beheerder|gebruiker|użytkownik|właściciel|gość|yönetici|kullanıcı|üye|misafir|pengguna|anggota|tamu|pemilik|karyawan|pengelola|quản trị viên|người dùng|thành viên|khách|админ|администратор|модератор|редактор|пользователь|владелец|участник|гость|менеджер|наблюдатель'
const PERSON = new RegExp(
  `(?<!\\p{L})(?:${LATIN_PERSON})$|(?:管理员|管理員|管理者|所有者|拥有者|创建者|编辑者|編集者|评论者|查看者|閲覧者|访客|成员|用户|开发者|開発者|ユーザー|メンバー|ゲスト|オーナー|관리자|편집자|사용자|게스트)$`,
  'iu',
)

/** Whether a name ends in a word of another language for somebody who may do something: “Administrateur”, “项目管理员”. */
export function isPerson(name: string): boolean {
  return PERSON.test(name)
}

/** Whether a name ends in a word of Chinese or Japanese for a plan that a product is sold in: “企业版”, “無料プラン”. */
export function isPlan(name: string): boolean {
  return /(?:版本?|プラン|無料|有料)$/.test(name)
}
