namespace CrisisOps.Domain.Contacts;

/// <summary>Where a contact stands.</summary>
public enum ContactState { None, Active, Suspended, Removed }

/// <summary>
/// Who it is: a colleague, whose rights are those of the directory; a team, such as a chat room, whose rights are said by its
/// <see cref="Contact.Standing"/>; or somebody who asked us something and gets answers to that, and nothing else.
/// </summary>
public enum ContactKind { Person, Team, Requester }
