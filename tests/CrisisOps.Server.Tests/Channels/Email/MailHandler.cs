namespace CrisisOps.Server.Tests.Channels.Email;

/// <summary>What a mail server does with mail: the classes of <c>mail_handlers.py</c>.</summary>
public enum MailHandler { Accepting, Deferring, Rejecting, Forbidding, Throttling, Distasteful, Dropping, Stalling }
