namespace Microblog.ServiceDefaults.ClientApi.Tokens;

/// <summary>Whose token an endpoint wants.</summary>
internal enum AccessKind
{
    Person,
    Any,
    Optional,
}
