namespace Microblog.ServiceDefaults.ClientApi;

/// <summary>What a declared parameter holds.</summary>
public enum FieldKind
{
    Text,
    Texts,
    Flag,
    Number,
    Time,
    Id,
    Ids,
    File,
    Items,
}
