/** Permissions of Microsoft Graph, and of the other APIs that Entra grants to apps: `User.Read`, `Sites.FullControl.All`. */

/** What a permission is limited to, or not: nothing else is written so. https://learn.microsoft.com/graph/permissions-overview */
const REACH = '(?:All|AppCatalog|Chat|CloudPC|Directory|Exchange|Group|Identity|Intune|OwnedBy|Selected|Shared|User)'
const VERB =
  '(?:AccessAsUser|Create|Delete|DeleteRestore|Export|FullControl|Invite|Manage|Read|ReadBasic|ReadWrite|Search|Send|Submit|Write)'
/** What is known without its reach, which those of the signed-in user are written without. */
const RESOURCE =
  '(?:AllSites|Application|Bookings|Calendars|Channel|ChannelMessage|Chat|ChatMessage|Contacts|Directory|EWS|Files|Group|GroupMember|Mail|MailboxSettings|MyFiles|Notes|OnlineMeetings|Organization|People|Policy|Presence|Reports|Sites|Tasks|Team|TermStore|User)'
const FORM =
  /^(?:[A-Z][A-Za-z\d]*(?:-[A-Z][A-Za-z\d]*)*(?:\.[A-Z][A-Za-z\d]*)+|email|offline_access|openid|profile|user_impersonation)$/
const KNOWN = new RegExp(`\\.${VERB}\\.${REACH}$|^${RESOURCE}\\.${VERB}$`)
const KNOWN_ANYWHERE = new RegExp(`\\.${VERB}\\.${REACH}(?![\\w.])|(?<![\\w.])${RESOURCE}\\.${VERB}(?![\\w.])`)

/** Whether a text is written like one, as `Datastore.Browse` of vSphere is, too. */
export function isGraphPermission(text: string): boolean {
  return FORM.test(text)
}

/** Whether one is the API's for certain. */
export function isKnownToGraph(id: string): boolean {
  return KNOWN.test(id)
}

/** Whether a text holds one that is the API's for certain. */
export function holdsGraphPermission(text: string): boolean {
  return KNOWN_ANYWHERE.test(text)
}
