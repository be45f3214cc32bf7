using System.Globalization;
using Microblog.ServiceDefaults.ClientApi.Reading;
using Microsoft.AspNetCore.Http;

namespace Microblog.ServiceDefaults.ClientApi;

/// <summary>
/// Everything a request says, in one bag: route, then body (JSON, urlencoded, multipart or nothing), then query; where
/// two of them have a name, the first of these wins. Names are written as in a form: <c>media_ids</c>,
/// <c>source[privacy]</c>, <c>poll[options]</c>; brackets at the end (<c>id[]</c>) are optional on either side. Only
/// names that the endpoint declared with <c>Describe</c> can be read, so that its documentation is never behind.
/// </summary>
public sealed class RequestFields
{
    private readonly FieldNode _route;
    private readonly FieldNode _sent;
    private readonly EndpointDescription? _declared;
    private readonly string _prefix;

    private RequestFields(FieldNode route, FieldNode sent, EndpointDescription? declared, string prefix)
    {
        _route = route;
        _sent = sent;
        _declared = declared;
        _prefix = prefix;
    }

    /// <summary>
    /// Reads the request once; later calls get the same bag. Throws <see cref="ClientException"/>: 400 malformed body
    /// or too many fields, 413 more than 1 MiB, 422 NUL or what is not Unicode, with the field named.
    /// </summary>
    public static async ValueTask<RequestFields> Read(HttpContext http)
    {
        if (http.Features.Get<RequestFields>() is { } known)
            return known;

        var query = new FieldTree();
        UrlEncoded.Read(http.Request.QueryString.Value, query);
        var body = new FieldTree();
        await RequestBody.Read(http.Request, body);
        foreach (var (name, node) in body.Root.Children)
            query.Root.Children[name] = node;

        var route = new FieldTree();
        foreach (var (name, value) in http.Request.RouteValues)
            route.Add(name, Convert.ToString(value, CultureInfo.InvariantCulture) ?? "");

        var declared = http.GetEndpoint()?.Metadata.GetMetadata<EndpointDescription>();
        var fields = new RequestFields(route.Root, query.Root, declared, prefix: "");
        http.Features.Set(fields);
        return fields;
    }

    /// <summary>Lets an endpoint take the bag as a parameter.</summary>
    public static async ValueTask<RequestFields?> BindAsync(HttpContext http) => await Read(http);

    /// <summary>True when the field was sent, even empty. JSON's null counts as not sent.</summary>
    public bool Has(string name) =>
        Find(name) is { } node && (node.Values.Count + node.Children.Count > 0 || node.File is not null);

    /// <summary>The last value sent under the name, as it was sent; null when there is none.</summary>
    public string? Text(string name) => Find(name)?.Values.LastOrDefault();

    /// <summary>
    /// Null when absent. False is <c>0 f false off</c> in any case and the empty text; all else is true, as real
    /// clients expect (<c>1</c>, <c>True</c>, <c>on</c>).
    /// </summary>
    public bool? Flag(string name) => Text(name) is { } text ? !IsFalse(text.Trim()) : null;

    /// <summary>
    /// Null when absent or empty. What is no number is 400 naming the field, or 404 in a route; a number beyond 64
    /// bits is nobody's id: 404.
    /// </summary>
    public long? Id(string name)
    {
        if (RouteText(name) is { } inRoute)
            return RecordId.Parse(inRoute);
        if (Text(name) is not { Length: > 0 } text)
            return null;
        return FieldNumber.TryParse(text, out var id, out var isBeyond) && !isBeyond
            ? id
            : throw (isBeyond ? RecordId.NotFound() : NotANumber(name, "an id"));
    }

    /// <summary>
    /// All ids sent under the name (<c>id</c>, <c>id[]</c>, <c>id[0]</c>, a JSON array), each once, in order. Empty
    /// ones and those beyond 64 bits are left out; what is no number is 400 naming the field.
    /// </summary>
    public IReadOnlyList<long> Ids(string name)
    {
        var ids = new List<long>();
        foreach (var text in Texts(name).Where(text => text.Length > 0))
        {
            if (!FieldNumber.TryParse(text, out var id, out var isBeyond))
                throw NotANumber(name, "an id");
            if (!isBeyond && !ids.Contains(id))
                ids.Add(id);
        }

        return ids;
    }

    /// <summary>All values sent under the name, in order; empty when there is none.</summary>
    public IReadOnlyList<string> Texts(string name) =>
        Find(name) is { } node ? [.. node.Values, .. node.Items().SelectMany(item => item.Values)] : [];

    /// <summary>
    /// A whole number, clamped to 64 bits; null when absent or empty. What is no number is 400 naming the field.
    /// </summary>
    public long? Number(string name)
    {
        if (Text(name)?.Trim() is not { Length: > 0 } text)
            return null;
        return FieldNumber.TryParse(text, out var number, out _) ? number : throw NotANumber(name, "a whole number");
    }

    /// <summary>
    /// An ISO 8601 time, UTC where it names no zone; null when absent or empty. Nonsense is 400 naming the field.
    /// </summary>
    public DateTimeOffset? Time(string name)
    {
        if (Text(name) is not { Length: > 0 } text)
            return null;
        const DateTimeStyles Styles = DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal;
        return DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, Styles, out var time)
            ? time
            : throw NotANumber(name, "an ISO 8601 time");
    }

    /// <summary>
    /// <c>limit</c>, clamped to <paramref name="max"/>; <paramref name="fallback"/> when it is absent, empty or 0.
    /// A negative one is 400, as clients know it.
    /// </summary>
    public int Limit(int fallback, int max) => Number("limit") switch
    {
        null or 0 => fallback,
        < 0 => throw new ClientException(400, ClientErrors.NegativeLimit),
        { } limit => (int)Math.Min(limit, max),
    };

    /// <summary>The uploaded file under the name; null when there is none.</summary>
    public IFormFile? File(string name) => Find(name)?.File;

    /// <summary>
    /// Objects under one name: <c>fields_attributes[0][name]</c>, <c>a[][name]</c>, or a JSON array. Read their fields
    /// by the name inside: <c>item.Text("name")</c>. What is anything else is 422 naming the field.
    /// </summary>
    public IReadOnlyList<RequestFields> Items(string name)
    {
        if (Find(name) is not { } node)
            return [];
        if (!node.HasItemsOnly())
            throw new ClientException(422, $"Validation failed: {name} must be a list of objects");
        return [.. node.Items().Select(item => new RequestFields(new(), item, _declared, _prefix + name))];
    }

    private FieldNode? Find(string name)
    {
        if (_prefix.Length == 0)
            RequireDeclared(name);

        var node = _sent;
        foreach (var part in FieldName.Parts(name).Where(part => part.Length > 0))
        {
            if (node == _sent && _route.Children.TryGetValue(part, out var inRoute))
                node = inRoute;
            else if (node.Children.TryGetValue(part, out var child))
                node = child;
            else
                return null;
        }

        return node;
    }

    // Reading what is not declared is a mistake of the endpoint, found by its first test, never by a client.
    private void RequireDeclared(string name)
    {
        if (_declared?.Declares(name) != true && !_route.Children.ContainsKey(name))
            throw new InvalidOperationException($"The endpoint reads '{name}' but does not declare it with Describe.");
    }

    private string? RouteText(string name) => _route.Children.TryGetValue(name, out var node) ? node.Values[^1] : null;

    private static bool IsFalse(string text) =>
        text is "" or "0"
        || text.Equals("f", StringComparison.OrdinalIgnoreCase)
        || text.Equals("false", StringComparison.OrdinalIgnoreCase)
        || text.Equals("off", StringComparison.OrdinalIgnoreCase);

    private ClientException NotANumber(string name, string expected) =>
        new(400, $"The parameter {(_prefix.Length == 0 ? name : $"{_prefix}[{name}]")} must be {expected}");
}
