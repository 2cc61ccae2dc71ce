namespace CrisisOps.Server.Channels.Cap;

/// <summary>What a message is for; an Exercise is acted on by those who take part only (CAP 1.2, 3.2.1 status).</summary>
public enum CapStatus { Actual, Exercise, System, Test, Draft }

/// <summary>What a message does; all but the first refer to earlier ones (CAP 1.2, 3.2.1 msgType).</summary>
public enum CapMessageType { Alert, Update, Cancel, Ack, Error }

/// <summary>What kind of event it is about (CAP 1.2, 3.2.2 category).</summary>
public enum CapCategory { Geo, Met, Safety, Security, Rescue, Fire, Health, Env, Transport, Infra, CBRNE, Other }

/// <summary>What the reader shall do: Execute is what the instruction says, AllClear ends it (CAP 1.2, 3.2.2 responseType).</summary>
public enum CapResponseType { Shelter, Evacuate, Prepare, Execute, Avoid, Monitor, Assess, AllClear, None }

/// <summary>By when the reader shall act; Past means no more (CAP 1.2, 3.2.2 urgency).</summary>
public enum CapUrgency { Immediate, Expected, Future, Past, Unknown }

/// <summary>How bad it is (CAP 1.2, 3.2.2 severity).</summary>
public enum CapSeverity { Extreme, Severe, Moderate, Minor, Unknown }
