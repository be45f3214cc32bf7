using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;

namespace Microblog.Timeline.Tests;

/// <summary>Somebody who calls the service with an access token.</summary>
public sealed class Person(HttpClient client, long id, string username, string token)
{
    public long Id => id;

    public string Username => username;

    public string Token => token;

    public async Task<HttpResponseMessage> Send(HttpMethod method, string path)
    {
        using var request = new HttpRequestMessage(method, path);
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        return await client.SendAsync(request);
    }

    public Task<HttpResponseMessage> TryGet(string path) => Send(HttpMethod.Get, path);

    public Task<JsonElement> Get(string path) => Ok(TryGet(path));

    /// <summary>The ids of a list, in its order.</summary>
    public async Task<long[]> Ids(string path) => IdsOf(await Get(path));

    public async Task<long[]> Home(string query = "") => await Ids("/api/v1/timelines/home?" + query);

    public static long[] IdsOf(JsonElement list) =>
        [.. list.EnumerateArray().Select(item => long.Parse(item.GetProperty("id").GetString()!))];

    public static async Task<JsonElement> Ok(Task<HttpResponseMessage> answering)
    {
        using var answer = await answering;
        Assert.True(HttpStatusCode.OK == answer.StatusCode, await answer.Content.ReadAsStringAsync());
        return await answer.Content.ReadFromJsonAsync<JsonElement>();
    }
}
