namespace Microblog.ServiceDefaults.ClientApi;

/// <summary>
/// Answers <c>{}</c> where the client's API says "empty": clients fail on a success without a JSON body.
/// </summary>
public sealed record EmptyObject;
